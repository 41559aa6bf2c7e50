using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Typed.Generator.Model;
using Typed.Generator.Model.Series;
using Typed.Generator.Rules;

namespace Typed.Generator.Parsing.Series;

/// <summary>A key or value member as the source has it and as the model has it.</summary>
internal sealed record ParsedMember(ISymbol Symbol, MemberModel Model);

/// <summary>Reads the members with an attribute of a time series. A broken one is left out.</summary>
internal static class MembersParser
{
    public static List<ParsedMember> ParseKeys(DeclaredSymbol declared, SeriesMemberNames names) =>
        [.. MarkedMembers.Find(declared, KnownNames.SeriesKey, ReportObstructed(declared, "SeriesKey"))
            .Select(member => ParseStored(declared, names, member, "key", keyed: true)).OfType<ParsedMember>()];

    /// <summary>The value member; null when there is none or it cannot be stored.</summary>
    public static ParsedMember? ParseValue(DeclaredSymbol declared, SeriesMemberNames names, SeriesType? kind, bool keyed)
    {
        var member = FindOnly(declared, KnownNames.SeriesValue, "SeriesValue");
        var value = member is null ? null : ParseStored(declared, names, member, "value", keyed);
        if (member is null && kind is not null and not SeriesType.Count)
        {
            declared.Report(SeriesRules.MissingValue, declared.Place, declared.Type.Name, kind);
        }

        if (kind == SeriesType.Count && value?.Model.Type.Category is ValueCategory.Other or ValueCategory.Temporal)
        {
            declared.Report(SeriesRules.CountOfNonNumber, declared.PlaceOf(member!.Symbol), member.Symbol.Name, member.Type.ToDisplayString());
            value = null;
        }

        if (kind == SeriesType.Summary && value?.Model.Type.Category is ValueCategory.Other or ValueCategory.Temporal)
        {
            declared.Report(SeriesRules.SummaryOfNonNumber, declared.PlaceOf(member!.Symbol), member.Symbol.Name, member.Type.ToDisplayString());
            value = null;
        }

        return value;
    }

    public static TimeModel? ParseTime(DeclaredSymbol declared)
    {
        if (FindOnly(declared, KnownNames.SeriesTime, "SeriesTime") is not { } member || IsUnusable(declared, member))
        {
            return null;
        }

        var time = StoredTypeParser.ParseTime(member.Symbol.Name, member.Type);
        if (time is null && member.Type.TypeKind != TypeKind.Error)
        {
            declared.Report(SeriesRules.TimeType, declared.PlaceOf(member.Symbol), member.Symbol.Name, member.Type.ToDisplayString());
        }

        return time;
    }

    private static MarkedMember? FindOnly(DeclaredSymbol declared, string attributeName, string attribute)
    {
        var members = MarkedMembers.Find(declared, attributeName, ReportObstructed(declared, attribute)).ToArray();
        foreach (var extra in members.Skip(1))
        {
            declared.Report(SeriesRules.DoubledMember, declared.PlaceOf(extra.Symbol), declared.Type.Name, attribute, members[0].Symbol.Name,
                extra.Symbol.Name);
        }

        return members.FirstOrDefault();
    }

    private static ParsedMember? ParseStored(DeclaredSymbol declared, SeriesMemberNames names, MarkedMember member, string role, bool keyed)
    {
        if (IsUnusable(declared, member))
        {
            return null;
        }

        if (CapturedNames.Find(declared, member.Symbol, names, keyed) is { } captured)
        {
            var name = declared.IsOwn(member.Symbol) ? captured.GetLocation() : declared.Place;
            EmittedNames.Report(declared, name, captured.Identifier.ValueText,
                $"for the type of '{member.Symbol.Name}' write the full name, with global:: in front, or rename it");
            return null;
        }

        var stored = StoredTypeParser.Parse(member.Type);
        var place = declared.PlaceOf(member.Symbol);
        if (member.Type.TypeKind != TypeKind.Error
            && (stored is null || member.Type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated }))
        {
            declared.Report(SeriesRules.UnsupportedType, place, member.Symbol.Name, member.Type.ToDisplayString(), role, StoredTypeParser.Supported);
        }
        else if (stored is not null && ExplainInvisible(declared, member.Type) is { } invisibility)
        {
            declared.Report(SeriesRules.InvisibleType, place, member.Symbol.Name, member.Type.ToDisplayString(), invisibility);
            return null;
        }

        return stored is null ? null : new(member.Symbol, new(member.Symbol.Name, stored));
    }

    /// <summary>Why emitted code cannot name the type, and what to do about it, in words; null where emitted code can.</summary>
    private static string? ExplainInvisible(DeclaredSymbol declared, ITypeSymbol type) =>
        !Nesting.IsVisibleInAssembly(type) ? $"{SyntaxFacts.GetText(Nesting.EffectiveAccessibility(type))}: make it and its containers at least internal"
        : References.FindAliased(type, declared.Type.ContainingAssembly) is { } aliased ? $"known by an alias only: {References.Remedy(aliased)}"
        : null;

    /// <summary>Whether no code can use the member, because it is unfinished, which the compiler reports, or obsolete as an error.</summary>
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

        declared.Report(SeriesRules.Obsolete, declared.PlaceOf(member.Symbol), declared.Type.Name, obsolete.Name);
        return true;
    }

    private static Action<ISymbol, string> ReportObstructed(DeclaredSymbol declared, string attribute) =>
        (member, obstacle) => declared.Report(SeriesRules.IgnoredAttribute, declared.Place, attribute, member.ToDisplayString(), obstacle);
}
