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
    /// <summary>The model, or null where too much is broken to emit anything. A broken interval or key member is left out.</summary>
    public static SeriesModel? Parse(INamedTypeSymbol type, AttributeData attribute, ProblemSink problems)
    {
        var declared = new DeclaredSymbol(type, attribute, problems);
        var shell = ShellParser.Check(declared);
        var kind = Kind(declared);
        var table = Table(declared);
        var keys = MembersParser.Keys(declared);
        var value = MembersParser.Value(declared, kind, keys.Count > 0, out var missing);
        var time = MembersParser.Time(declared);
        var named = EmittedNames.Check(declared, keys.Count > 0);
        var intervals = IntervalsParser.Parse(declared, kind, table, keys.Count > 0);

        var columns = new ColumnNames(declared, kind, intervals.Any(interval => interval.Spec.IsFine));
        if (value is null && !missing)
        {
            columns.AddTotal();
        }

        keys.RemoveAll(key => !columns.AddKey(key));
        missing |= value is not null && !columns.AddValue(value);

        var used = SeriesMembers.WithAny(declared).SelectMany(member => new[] { member.Symbol, member.Type });
        return shell && named && !missing && kind is not null
            ? new(type.Declared(used), kind.Value, table, keys.Select(key => key.Model).ToEquatableArray(), value?.Model, time, intervals, Access(declared))
            : null;
    }

    private static SeriesKind? Kind(DeclaredSymbol declared)
    {
        if (AttributeArguments.Value(declared.Attribute, "Type") is not { Kind: TypedConstantKind.Enum, Value: int number })
        {
            return null; // the compiler complains
        }

        if (Enum.IsDefined(typeof(SeriesKind), number))
        {
            return (SeriesKind)number;
        }

        declared.Report(SeriesRules.UnknownKind, AttributeArguments.Location(declared.Attribute, "Type"), number);
        return null;
    }

    /// <summary>The name that tables start with; a wrong one gives way to the default.</summary>
    private static string Table(DeclaredSymbol declared)
    {
        if (AttributeArguments.Value(declared.Attribute, "Name").Value is not string name)
        {
            return Names.SnakeCase(declared.Type.Name);
        }

        if (Names.IsValid(name))
        {
            return name;
        }

        declared.Report(SeriesRules.Name, AttributeArguments.Location(declared.Attribute, "Name"), name);
        return Names.SnakeCase(declared.Type.Name);
    }

    private static string Access(DeclaredSymbol declared)
    {
        var own = Nesting.EffectiveAccessibility(declared.Type);
        var members = SeriesMembers.With(declared, KnownNames.SeriesKey).Concat(SeriesMembers.With(declared, KnownNames.SeriesValue));
        return members.All(m => Nesting.EffectiveAccessibility(m.Type) >= own) ? "public" : "internal";
    }
}
