using Microsoft.CodeAnalysis;
using Typed.Generator.Model;
using Typed.Generator.Model.Series;
using Typed.Generator.Rules;
using Typed.Schema;

namespace Typed.Generator.Parsing.Series;

/// <summary>
/// Reads a declared time series. One walk serves both sides: the generator takes the model, the analyzer the problems, so the two never disagree.
/// </summary>
internal static class SeriesParser
{
    /// <summary>
    /// The model; null where nothing can be added to the type. What is broken is left out, and what has to be there gets a stand-in: code that uses the type
    /// finds its API, and the compiler, which would stop at names that are missing, comes to the point where it asks the analyzers.
    /// </summary>
    public static SeriesModel? Parse(DeclaredSymbol declared)
    {
        var canBeExtended = SeriesTypeCheck.Check(declared);
        var names = EmittedNames.Choose(declared.Type);
        var given = ParseKind(declared);
        var table = ParseTable(declared);
        var keys = MembersParser.ParseKeys(declared, names);
        var value = MembersParser.ParseValue(declared, names, given, keys.Count > 0);
        var kind = given ?? (value is null ? SeriesType.Count : SeriesType.Histogram);
        var time = MembersParser.ParseTime(declared);
        EmittedNameCheck.Check(declared);
        var intervals = IntervalsParser.Parse(declared, names, kind, table, keys.Count > 0);

        var isNamespaced = ParseNamespaced(declared, keys.Count > 0);
        var columns = new ColumnNames(declared, kind, intervals.Any(interval => interval.Spec.IsFine), isNamespaced);
        if (value is null && kind == SeriesType.Count)
        {
            columns.AddTotal();
        }

        keys.RemoveAll(key => !columns.AddKey(key));
        var digits = DigitsParser.Parse(declared, value, given);
        var stored = value is not null && (kind == SeriesType.Summary || columns.AddValue(value)) ? value.Model
            : value is null && kind == SeriesType.Count ? null
            : columns.AddMissingValue(value?.Model.Type);

        var used = MarkedMembers.FindAll(declared).SelectMany(member => new[] { member.Symbol, member.Type });
        var models = keys.Select(key => key.Model).ToEquatableArray();
        return canBeExtended
            ? new(DeclaredTypeParser.Parse(declared.Type, used), names, kind, table, models, stored, time, intervals, ChooseAccess(declared))
            {
                Digits = digits,
                IsNamespaced = isNamespaced && keys.Count > 0,
            }
            : null;
    }

    private static SeriesType? ParseKind(DeclaredSymbol declared)
    {
        if (AttributeArguments.Value(declared.Attribute, "Type") is not { Kind: TypedConstantKind.Enum, Value: int number })
        {
            // The compiler complains; of a member that is called like a type of series it only says that an object is missing.
            if (!Enum.TryParse<SeriesType>(AttributeArguments.Name(declared.Attribute, "Type"), out var meant))
            {
                return null;
            }

            if (!declared.Type.GetMembers(meant.ToString()).IsEmpty)
            {
                declared.Report(SeriesRules.KindIsMember, AttributeArguments.Location(declared.Attribute, "Type"), meant, declared.Type.Name);
            }

            return meant;
        }

        if (Enum.IsDefined(typeof(SeriesType), number))
        {
            return (SeriesType)number;
        }

        var known = string.Join(", ", Enum.GetNames(typeof(SeriesType)));
        declared.Report(SeriesRules.UnknownKind, AttributeArguments.Location(declared.Attribute, "Type"), number, known);
        return null;
    }

    private static bool ParseNamespaced(DeclaredSymbol declared, bool keyed)
    {
        var isNamespaced = AttributeArguments.Value(declared.Attribute, "Namespaced").Value is true;
        if (isNamespaced && !keyed)
        {
            declared.Report(SeriesRules.NamespaceWithoutKey, AttributeArguments.Location(declared.Attribute, "Namespaced"), declared.Type.Name);
        }

        return isNamespaced;
    }

    /// <summary>The name that tables start with; a wrong one gives way to the default.</summary>
    private static string ParseTable(DeclaredSymbol declared)
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

    private static string ChooseAccess(DeclaredSymbol declared)
    {
        var own = Nesting.EffectiveAccessibility(declared.Type);
        var members = MarkedMembers.Find(declared, KnownNames.SeriesKey).Concat(MarkedMembers.Find(declared, KnownNames.SeriesValue));
        return members.All(m => Nesting.EffectiveAccessibility(m.Type) >= own) ? "public" : "internal";
    }
}
