using Microsoft.CodeAnalysis;
using Typed.Generator.Model.Json;

namespace Typed.Generator.Parsing.Json;

/// <summary>From a class with the attribute to the model of its stream.</summary>
internal static class StreamParser
{
    public const string Attribute = "Typed.EventStreamAttribute";

    public const string SeriesAttribute = "Typed.TimeSeriesAttribute";

    public const string TimeAttribute = "Typed.EventTimeAttribute";

    /// <summary>The model; null where nothing can be emitted for the class.</summary>
    public static StreamModel? Parse(Compilation compilation, INamedTypeSymbol type, AttributeData attribute)
    {
        if (!IsPossible(type) || !type.IsPartial() || type.Has(SeriesAttribute))
        {
            return null;
        }

        var naming = Naming(attribute);
        var name = Name(type, attribute);
        return new StreamModel(
            type.Declared(type.GetMembers()),
            StreamName.IsValid(name) ? name : StreamName.Default(type.Name),
            attribute.Argument<string>("Retain") is { } retain && RetainText.TryParse(retain, out var ticks) ? ticks : null,
            naming,
            attribute.EnumArgument("Body") ?? "Jsonb",
            attribute.Argument<bool>("Follow"),
            TimeMembers(type).Select(Time).FirstOrDefault(time => time is not null),
            BodyParser.Parse(compilation, type, naming),
            !type.AllTypeParameters().Any() && Nesting.IsVisibleInAssembly(type),
            EmittedStreamNames.Of(type));
    }

    /// <summary>Whether instances of the type can be events at all.</summary>
    public static bool IsPossible(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false } && ShellParser.Oddity(type) is null;

    public static string Naming(AttributeData attribute) => attribute.EnumArgument("Naming") ?? "CamelCase";

    /// <summary>The stream's name, given or by default; not checked.</summary>
    public static string Name(INamedTypeSymbol type, AttributeData attribute) => attribute.Argument<string>("Name") ?? StreamName.Default(type.Name);

    /// <summary>Members marked as the time, on the member or on the parameter that declares it.</summary>
    public static IEnumerable<ISymbol> TimeMembers(INamedTypeSymbol type)
    {
        var parameters = type.InstanceConstructors.SelectMany(constructor => constructor.Parameters).Where(parameter => parameter.Has(TimeAttribute)).ToArray();
        for (var level = type; level is not null; level = level.BaseType)
        {
            foreach (var member in level.GetMembers().Where(member => member is IPropertySymbol or IFieldSymbol { AssociatedSymbol: null }))
            {
                if (member.Has(TimeAttribute) || Array.Exists(parameters, parameter => string.Equals(parameter.Name, member.Name, StringComparison.Ordinal)))
                {
                    yield return member;
                }
            }
        }
    }

    /// <summary>The marked member, if its type can be a time.</summary>
    public static StreamTime? Time(ISymbol member)
    {
        var type = Nullability.Type(member);
        var isNullable = type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        var inner = isNullable ? ((INamedTypeSymbol)type).TypeArguments[0] : type;
        return member.IsStatic || member is IPropertySymbol { GetMethod: null } ? null : ScalarTypes.Find(inner) switch
        {
            "DateTimeOffset" => new StreamTime(member.Name, isNullable, IsDateTime: false),
            "DateTime" => new StreamTime(member.Name, isNullable, IsDateTime: true),
            _ => null,
        };
    }
}
