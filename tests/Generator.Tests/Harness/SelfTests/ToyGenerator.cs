using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Typed.Generator.Tests.Harness.SelfTests;

/// <summary>Gives every class that is called a toy a constant with its name.</summary>
internal sealed class ToyGenerator(bool leaky = false) : IIncrementalGenerator
{
    public const string Step = "Toys";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var toys = context.SyntaxProvider
            .CreateSyntaxProvider(
                (node, _) => node is ClassDeclarationSyntax type && type.Identifier.Text.EndsWith("Toy", StringComparison.Ordinal),
                // A model that holds a symbol is what the caching tests are there to catch.
                (syntax, _) => (Name: ((ClassDeclarationSyntax)syntax.Node).Identifier.Text, Leak: leaky ? syntax.SemanticModel.Compilation : null))
            .WithTrackingName(Step);
        context.RegisterSourceOutput(toys, (output, toy) =>
        {
            if (toy.Name is "BrokenToy")
            {
                throw new InvalidOperationException("broken toy");
            }

            var body = toy.Name is "SloppyToy" ? "public static string Name { get; } = null;" : $"public const string Name = \"{toy.Name}\";";
            output.AddSource($"{toy.Name}.g.cs", $"#nullable enable\npartial class {toy.Name}\n{{\n    {body}\n}}\n");
        });
    }
}
