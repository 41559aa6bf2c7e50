using Microsoft.CodeAnalysis;
using Typed.Generator.Model;
using Typed.Generator.Model.Streams;

namespace Typed.Generator.Parsing.Streams;

/// <summary>Ways to members that code cannot reach by itself: init accessors after creation, and what JsonInclude opens.</summary>
internal static class AccessorParser
{
    public static BodyAccessor Getter(ISymbol member) => member is IPropertySymbol property
        ? Create(property, "Method", property.GetMethod!.MetadataName)
        : Create(member, "Field", member.MetadataName);

    public static BodyAccessor Setter(ISymbol member) => member is IPropertySymbol property
        ? Create(property, "Method", property.SetMethod!.MetadataName)
        : Create(member, "Field", member.MetadataName);

    public static BodyAccessor Constructor(IMethodSymbol constructor) => Create(constructor, "Constructor", constructor.MetadataName);

    private static BodyAccessor Create(ISymbol member, string kind, string target)
    {
        // The runtime looks in the declaring type, and matches signatures in terms of its type parameters.
        var closed = member.ContainingType;
        var open = closed.OriginalDefinition;
        var parameters = open.AllTypeParameters().ToArray();
        return new BodyAccessor(
            kind,
            target,
            open.FullName(),
            open.IsValueType,
            member is IMethodSymbol ? string.Empty : member.OriginalDefinition.MemberType().FullName(),
            parameters.Length == 0 ? string.Empty : "<" + string.Join(", ", parameters.Select(parameter => CSharp.Identifier(parameter.Name))) + ">",
            parameters.Length == 0 ? string.Empty : "<" + string.Join(", ", closed.AllTypeArguments().Select(Symbols.FullName)) + ">",
            string.Join(" ", parameters.Select(Constraint).Where(text => text.Length > 0)));
    }

    private static string Constraint(ITypeParameterSymbol parameter)
    {
        var parts = new List<string>();
        if (parameter.HasUnmanagedTypeConstraint)
        {
            parts.Add("unmanaged");
        }
        else if (parameter.HasValueTypeConstraint)
        {
            parts.Add("struct");
        }
        else if (parameter.HasReferenceTypeConstraint)
        {
            parts.Add("class");
        }
        else if (parameter.HasNotNullConstraint)
        {
            parts.Add("notnull");
        }

        parts.AddRange(parameter.ConstraintTypes.Select(Symbols.FullName));
        if (parameter.HasConstructorConstraint && !parameter.HasValueTypeConstraint)
        {
            parts.Add("new()");
        }

        return parts.Count == 0 ? string.Empty : $"where {CSharp.Identifier(parameter.Name)} : {string.Join(", ", parts)}";
    }
}
