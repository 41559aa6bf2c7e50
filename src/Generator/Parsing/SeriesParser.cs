using Microsoft.CodeAnalysis;
using Typed.Generator.Analysis;
using Typed.Generator.Model;
using Typed.Schema;

namespace Typed.Generator.Parsing;

/// <summary>
/// Reads a declared time series. One walk serves both sides: the generator takes the model, the analyzer the problems, so the two never disagree.
/// </summary>
internal static class SeriesParser
{
    /// <summary>The model, or null where too much is broken to emit anything. A broken interval is left out.</summary>
    public static SeriesModel? Parse(INamedTypeSymbol type, AttributeData attribute, ProblemSink problems)
    {
        var shell = ShellParser.Check(type, problems);
        var kind = Kind(attribute);
        var intervals = IntervalsParser.Parse(attribute, problems);
        var keys = Keys(type, problems);
        var value = Value(type, kind, problems);
        var time = Time(type, problems);
        var named = attribute.NamedArguments.FirstOrDefault(a => a.Key == "Name").Value.Value as string;
        if (named is not null && !Names.IsValid(named))
        {
            problems.Report(SeriesRules.Name, AttributeArguments.Location(attribute, "Name"), named);
            return null;
        }

        return shell && kind is not null && keys is not null && value is not null
            ? new(
                type.Declared(),
                kind.Value,
                named ?? Names.SnakeCase(type.Name),
                keys.Value,
                value.Member,
                time,
                intervals,
                Access(type))
            : null;
    }

    private static SeriesKind? Kind(AttributeData attribute) =>
        attribute.NamedArguments.FirstOrDefault(a => a.Key == "Type").Value is { Kind: TypedConstantKind.Enum, Value: int number } && Enum.IsDefined(typeof(SeriesKind), number)
            ? (SeriesKind)number
            : null;

    /// <summary>The key members; null when one of them cannot be stored.</summary>
    private static EquatableArray<MemberModel>? Keys(INamedTypeSymbol type, ProblemSink problems)
    {
        List<MemberModel> keys = [];
        var broken = false;
        foreach (var (member, memberType, _) in SeriesMembers.With(type, KnownNames.SeriesKey))
        {
            if (StoredTypeParser.Parse(memberType) is { } stored)
            {
                keys.Add(new(member.Name, stored));
            }
            else
            {
                problems.Report(SeriesRules.UnsupportedType, member.Locations.FirstOrDefault(), member.Name, memberType.ToDisplayString(), "key");
                broken = true;
            }
        }

        return broken ? null : keys.ToEquatableArray();
    }

    /// <summary>The value member; null when there is none where one is needed, or it cannot be stored.</summary>
    private static ValueMember? Value(INamedTypeSymbol type, SeriesKind? kind, ProblemSink problems)
    {
        var members = SeriesMembers.With(type, KnownNames.SeriesValue).ToArray();
        if (members.Length == 0)
        {
            if (kind == SeriesKind.Count)
            {
                return new(Member: null);
            }

            problems.Report(SeriesRules.MissingValue, type.Locations.FirstOrDefault(), type.Name, kind?.ToString() ?? "series");
            return null;
        }

        foreach (var (extra, _, _) in members.Skip(1))
        {
            problems.Report(SeriesRules.DoubledMember, extra.Locations.FirstOrDefault(), type.Name, "SeriesValue", members[0].Member.Name, extra.Name);
        }

        var (member, memberType, _) = members[0];
        if (StoredTypeParser.Parse(memberType) is not { } stored)
        {
            problems.Report(SeriesRules.UnsupportedType, member.Locations.FirstOrDefault(), member.Name, memberType.ToDisplayString(), "value");
            return null;
        }

        if (kind == SeriesKind.Count && (stored.Category is ValueCategory.Other or ValueCategory.Temporal))
        {
            problems.Report(SeriesRules.CountOfNonNumber, member.Locations.FirstOrDefault(), member.Name, memberType.ToDisplayString());
            return null;
        }

        return new(new MemberModel(member.Name, stored));
    }

    private static TimeModel? Time(INamedTypeSymbol type, ProblemSink problems)
    {
        var members = SeriesMembers.With(type, KnownNames.SeriesTime).ToArray();
        foreach (var (extra, _, _) in members.Skip(1))
        {
            problems.Report(SeriesRules.DoubledMember, extra.Locations.FirstOrDefault(), type.Name, "SeriesTime", members[0].Member.Name, extra.Name);
        }

        if (members.Length == 0)
        {
            return null;
        }

        var (member, memberType, _) = members[0];
        var time = StoredTypeParser.Time(member.Name, memberType);
        if (time is null)
        {
            problems.Report(SeriesRules.TimeType, member.Locations.FirstOrDefault(), member.Name, memberType.ToDisplayString());
        }

        return time;
    }

    private static string Access(INamedTypeSymbol type)
    {
        var own = Nesting.EffectiveAccessibility(type);
        var members = SeriesMembers.With(type, KnownNames.SeriesKey).Concat(SeriesMembers.With(type, KnownNames.SeriesValue));
        return members.All(m => Nesting.EffectiveAccessibility(m.Type) >= own) ? "public" : "internal";
    }

    /// <summary>Tells "no value member, and none is needed" from "broken".</summary>
    private sealed record ValueMember(MemberModel? Member);
}
