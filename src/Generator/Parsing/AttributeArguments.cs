using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Typed.Generator.Parsing;

/// <summary>Where the arguments of an attribute stand in the source.</summary>
internal static class AttributeArguments
{
    /// <summary>The argument of that name; a null constant when it is not there.</summary>
    public static TypedConstant Value(AttributeData attribute, string name) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value;

    /// <summary>Whether the argument is there, with whatever value.</summary>
    public static bool IsWritten(AttributeData attribute, string name) => Expression(attribute, name) is not null;

    /// <summary>The argument, where it is a mere name.</summary>
    public static string? Name(AttributeData attribute, string name) => (Expression(attribute, name) as IdentifierNameSyntax)?.Identifier.ValueText;

    /// <summary>The place of a named argument's value; of the attribute when it is not there.</summary>
    public static Location? Location(AttributeData attribute, string name) =>
        Expression(attribute, name)?.GetLocation() ?? attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation();

    /// <summary>The expressions of an array argument, one per element; none where it is not written as a list.</summary>
    public static IReadOnlyList<ExpressionSyntax> Elements(AttributeData attribute, string name) => Elements(Expression(attribute, name));

    private static IReadOnlyList<ExpressionSyntax> Elements(ExpressionSyntax? expression) => expression switch
    {
        CollectionExpressionSyntax list => [.. list.Elements.OfType<ExpressionElementSyntax>().Select(e => e.Expression)],
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => [.. initializer.Expressions],
        ImplicitArrayCreationExpressionSyntax array => [.. array.Initializer.Expressions],
        ParenthesizedExpressionSyntax inner => Elements(inner.Expression),
        CastExpressionSyntax cast => Elements(cast.Expression),
        _ => [],
    };

    private static ExpressionSyntax? Expression(AttributeData attribute, string name) =>
        (attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax)?.ArgumentList?.Arguments
            .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name)?.Expression;
}
