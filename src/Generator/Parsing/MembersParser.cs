using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Typed.Generator.Analysis;
using Typed.Generator.Model;

namespace Typed.Generator.Parsing;

/// <summary>A key or value member as the source has it and as the model has it.</summary>
internal sealed record ParsedMember(ISymbol Symbol, MemberModel Model);

/// <summary>Reads the members with our attributes. A broken one is left out.</summary>
internal static class MembersParser
{
    public static List<ParsedMember> Keys(DeclaredSymbol declared) =>
        [.. SeriesMembers.With(declared, KnownNames.SeriesKey, Obstructed(declared, "SeriesKey")).Select(member => Stored(declared, member, "key", keyed: true)).OfType<ParsedMember>()];

    /// <summary>
    /// The value member; null when there is none or it cannot be stored. A Count can do without, so a broken one is left out like any member;
    /// <paramref name="missing"/> says that the others lack what they are about.
    /// </summary>
    public static ParsedMember? Value(DeclaredSymbol declared, SeriesKind? kind, bool keyed, out bool missing)
    {
        var member = Only(declared, KnownNames.SeriesValue, "SeriesValue");
        var value = member is null ? null : Stored(declared, member, "value", keyed);
        if (member is null && kind is not null and not SeriesKind.Count)
        {
            declared.Report(SeriesRules.MissingValue, declared.Place, declared.Type.Name, kind);
        }

        if (kind == SeriesKind.Count && value?.Model.Type.Category is ValueCategory.Other or ValueCategory.Temporal)
        {
            declared.Report(SeriesRules.CountOfNonNumber, declared.PlaceOf(member!.Symbol), member.Symbol.Name, member.Type.ToDisplayString());
            value = null;
        }

        missing = value is null && kind != SeriesKind.Count;
        return value;
    }

    public static TimeModel? Time(DeclaredSymbol declared)
    {
        if (Only(declared, KnownNames.SeriesTime, "SeriesTime") is not { } member || IsUnusable(declared, member))
        {
            return null;
        }

        var time = StoredTypeParser.Time(member.Symbol.Name, member.Type);
        if (time is null && member.Type.TypeKind != TypeKind.Error)
        {
            declared.Report(SeriesRules.TimeType, declared.PlaceOf(member.Symbol), member.Symbol.Name, member.Type.ToDisplayString());
        }

        return time;
    }

    private static MarkedMember? Only(DeclaredSymbol declared, string attributeName, string attribute)
    {
        var members = SeriesMembers.With(declared, attributeName, Obstructed(declared, attribute)).ToArray();
        foreach (var extra in members.Skip(1))
        {
            declared.Report(SeriesRules.DoubledMember, declared.PlaceOf(extra.Symbol), declared.Type.Name, attribute, members[0].Symbol.Name, extra.Symbol.Name);
        }

        return members.FirstOrDefault();
    }

    private static ParsedMember? Stored(DeclaredSymbol declared, MarkedMember member, string role, bool keyed)
    {
        if (IsUnusable(declared, member))
        {
            return null;
        }

        if (Captures.Of(declared, member.Symbol, keyed) is { } captured)
        {
            var name = declared.IsOwn(member.Symbol) ? captured.GetLocation() : declared.Place;
            EmittedNames.Report(declared, name, captured.Identifier.ValueText, $"for the type of '{member.Symbol.Name}' write the full name, with global:: in front, or rename it");
            return null;
        }

        var stored = StoredTypeParser.Parse(member.Type);
        var place = declared.PlaceOf(member.Symbol);
        if (member.Type.TypeKind != TypeKind.Error && (stored is null || member.Type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated }))
        {
            declared.Report(SeriesRules.UnsupportedType, place, member.Symbol.Name, member.Type.ToDisplayString(), role);
        }
        else if (stored is not null && Invisibility(declared, member.Type) is { } invisibility)
        {
            declared.Report(SeriesRules.InvisibleType, place, member.Symbol.Name, member.Type.ToDisplayString(), invisibility);
            return null;
        }

        return stored is null ? null : new(member.Symbol, new(member.Symbol.Name, stored));
    }

    /// <summary>Why emitted code cannot name the type, and what to do; null where it can.</summary>
    private static string? Invisibility(DeclaredSymbol declared, ITypeSymbol type) =>
        !Nesting.IsVisibleInAssembly(type) ? $"{SyntaxFacts.GetText(Nesting.EffectiveAccessibility(type))}: make it and its containers at least internal"
        : References.FindAliased(type, declared.Type.ContainingAssembly) is { } aliased ? $"known by an alias only: {References.Remedy(aliased)}"
        : null;

    /// <summary>Whether no code can use the member: it is unfinished, of which the compiler speaks, or obsolete as an error.</summary>
    private static bool IsUnusable(DeclaredSymbol declared, MarkedMember member)
    {
        if (!member.Symbol.IsClear())
        {
            return true;
        }

        if ((Obsolescence.IsError(member.Symbol) ? member.Symbol : Obsolescence.FindError(member.Type)) is not { } obsolete)
        {
            return false;
        }

        declared.Report(SeriesRules.Obsolete, declared.PlaceOf(member.Symbol), obsolete.Name);
        return true;
    }

    private static Action<ISymbol, string> Obstructed(DeclaredSymbol declared, string attribute) =>
        (member, obstacle) => declared.Report(SeriesRules.IgnoredAttribute, declared.Place, attribute, member.ToDisplayString(), obstacle);
}
