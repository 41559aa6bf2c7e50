using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Typed.Generator.Model;
using Typed.Generator.Model.Streams;
using Typed.Generator.Rules;
using Typed.Schema.Shapes;

namespace Typed.Generator.Parsing.Streams;

/// <summary>Reads a class that gets its members from the schema file, before it has them.</summary>
internal static class SchemaClass
{
    private const string Argument = "FromSchema";

    /// <summary>Whether the attribute asks for members from the file.</summary>
    public static bool IsOne(AttributeData attribute) => attribute.Argument<bool>(Argument);

    /// <summary>Whether an attribute of the type may ask for it, as far as the text shows.</summary>
    public static bool MayBeOne(SyntaxNode node) => node is TypeDeclarationSyntax type && type.AttributeLists.Any(list =>
        list.Attributes.Any(one => one.ArgumentList?.Arguments.Any(argument => argument.NameEquals?.Name.Identifier.ValueText == Argument) == true));

    /// <summary>The members; null where the class can have none, or where the file has none for it, which is reported.</summary>
    public static SchemaMembers? Parse(Compilation compilation, DeclaredSymbol declared, SchemaFile? file)
    {
        if (StreamDeclaration.Parse(declared with { Problems = ProblemSink.Silent }) is not { } declaration)
        {
            return null;
        }

        if (Find(declared, declaration.Name, file) is not { Schema: { } schema })
        {
            return null;
        }

        var body = new BodyTypes(compilation, declared with { Problems = ProblemSink.Silent }, declaration.Naming);
        return new SchemaMembers(
            DeclaredTypeParser.Parse(declared.Type, []), declaration.Name, declaration.Naming, schema,
            declared.Type.GetMembers().Where(member => !member.IsImplicitlyDeclared).Select(member => member.Name).Append(declared.Type.Name)
                .ToEquatableArray(),
            JsonMembers.Read(body, declared.Type).All.Select(member => member.Json).ToEquatableArray());
    }

    /// <summary>The stream's entry in the file; null: there is none, which is reported.</summary>
    public static StreamShape? Find(DeclaredSymbol declared, string name, SchemaFile? file)
    {
        if (file?.FindStream(name) is { } stream)
        {
            return stream;
        }

        declared.Report(SchemaRules.NotInFile, AttributeArguments.Location(declared.Attribute, Argument), declared.Type.Name,
            file is null ? "and the project has no such file" : $"which has no stream \"{name}\"");
        return null;
    }
}
