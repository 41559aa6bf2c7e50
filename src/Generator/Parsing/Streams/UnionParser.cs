using Microsoft.CodeAnalysis;
using Typed.Generator.Model;
using Typed.Generator.Model.Streams;
using Typed.Generator.Rules;
using Typed.Schema.Json;

namespace Typed.Generator.Parsing.Streams;

/// <summary>From the attributes of a class or interface to the classes that may stand for it. A broken one is reported and left out.</summary>
internal sealed class UnionParser(BodyTypes body, INamedTypeSymbol type, Func<INamedTypeSymbol, int> findObject, Func<INamedTypeSymbol, int> findShape)
{
    private readonly AttributeData? _options = JsonAttributes.FindPolymorphic(type);
    private readonly HashSet<string> _discriminators = new(StringComparer.Ordinal);
    private readonly HashSet<ITypeSymbol> _derived = new(SymbolEqualityComparer.Default);

    public static bool IsUnion(INamedTypeSymbol type) => JsonAttributes.DerivedTypes(type).Any();

    public BodyUnion Parse()
    {
        var discriminator = _options?.Argument<string>("TypeDiscriminatorPropertyName") ?? "$type";
        if (StorableText.Fault(discriminator) is not null || (discriminator.StartsWith("$", StringComparison.Ordinal) && discriminator != "$type"))
        {
            Problem($"has the discriminator \"{discriminator}\": give it a name that is a text and does not begin with $");
            discriminator = "$type";
        }

        var unknown = Enum.TryParse(_options?.EnumArgument("UnknownDerivedTypeHandling"), out UnknownDerived chosen) ? chosen : default;
        var hasInstances = type is { TypeKind: TypeKind.Class, IsAbstract: false };
        if (!hasInstances && unknown == UnknownDerived.FallBackToBaseType)
        {
            Problem("falls back to itself, but has no instances to read back; leave UnknownDerivedTypeHandling out, or let it have some");
        }

        var cases = JsonAttributes.DerivedTypes(type).Select(attribute => Case(attribute, discriminator)).OfType<(BodyCase Case, int Depth)>()
            .OrderByDescending(one => one.Depth).Select(one => one.Case).ToArray();
        var self = hasInstances ? findObject(type) : BodyTypes.Unsupported;
        if (self != BodyTypes.Unsupported && cases.Any(one => one.HasDiscriminator))
        {
            CheckNames(type, self, discriminator);
        }

        return new BodyUnion(
            discriminator,
            _options?.Argument<bool>("IgnoreUnrecognizedTypeDiscriminators") ?? false,
            unknown,
            self,
            self >= 0 || type.TypeKind != TypeKind.Class ? self : findShape(type),
            cases.ToEquatableArray());
    }

    private (BodyCase Case, int Depth)? Case(AttributeData attribute, string discriminator)
    {
        if (attribute.ConstructorArguments.FirstOrDefault().Value is not INamedTypeSymbol derived || derived.HasError())
        {
            return null;
        }

        var value = attribute.ConstructorArguments.Length > 1 ? attribute.ConstructorArguments[1].Value : null;
        if (FindProblem(derived, value) is { } problem)
        {
            Problem($"names {derived.Name}, {problem}");
            return null;
        }

        if (findObject(derived) is not (>= 0 and var index))
        {
            Problem($"names {derived.Name}, which events cannot hold{Refusal.Explain(derived, body)}");
            return null;
        }

        if (value is not null)
        {
            CheckNames(derived, index, discriminator);
        }

        return (new BodyCase(index, value as string, value as int?, SymbolEqualityComparer.Default.Equals(derived, type)), Depth(derived));
    }

    private string? FindProblem(INamedTypeSymbol derived, object? value) =>
        derived.IsUnboundGenericType || !body.Compilation.HasImplicitConversion(derived, type) ? $"which is no {type.Name}"
        : derived.IsAbstract ? "which is abstract, so that it cannot be read back"
        : JsonAttributes.FindConverter(derived) is not null ? "which has a converter of its own"
        : !_derived.Add(derived) ? "which it names already"
        : value is string text && StorableText.Fault(text) is not null ? "with a discriminator that no database keeps"
        : value is not null && !_discriminators.Add(value is string ? "s" + value : "n" + value) ? $"with the discriminator {value}, which another has already"
        : null;

    /// <summary>Reports members that the discriminator hides: an object has each name once, and names with $ are kept for such uses.</summary>
    private void CheckNames(INamedTypeSymbol derived, int index, string discriminator)
    {
        foreach (var json in body.Get(index).Object?.Members.Select(member => member.Json) ?? [])
        {
            if (json == discriminator || json.StartsWith("$", StringComparison.Ordinal))
            {
                Problem($"names {derived.Name}, which has a member \"{json}\" in JSON; "
                    + "that is the name of the discriminator, or one with $, which is kept for such");
            }
        }
    }

    private void Problem(string text) => body.Report(StreamRules.JsonAttribute, type, type.Name, text);

    private static int Depth(INamedTypeSymbol type) => type.BaseType is { } parent ? 1 + Depth(parent) : 0;
}
