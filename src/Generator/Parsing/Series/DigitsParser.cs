using Microsoft.CodeAnalysis;
using Typed.Generator.Model;
using Typed.Generator.Rules;

namespace Typed.Generator.Parsing.Series;

/// <summary>Reads how many digits of a value are kept, and says where a Histogram keeps all of a measured number.</summary>
internal static class DigitsParser
{
    private const int Most = 15;

    /// <summary>The digits; 0 where all are kept.</summary>
    public static int Parse(DeclaredSymbol declared, ParsedMember? value, SeriesType? kind)
    {
        if (value is null || kind is null)
        {
            return 0;
        }

        var isMeasured = value.Model.Type.Category is ValueCategory.Float or ValueCategory.Decimal;
        if (FindAttribute(value.Symbol) is not { } attribute || !AttributeArguments.IsWritten(attribute, "Digits"))
        {
            if (kind == SeriesType.Histogram && isMeasured)
            {
                declared.Report(SeriesRules.AllDigits, declared.PlaceOf(value.Symbol), value.Symbol.Name, value.Model.Type.Name);
            }

            return 0;
        }

        var digits = AttributeArguments.Value(attribute, "Digits").Value as int? ?? 0;
        var problem = kind != SeriesType.Histogram ? $"a {kind} has no use for it"
            : !isMeasured ? $"it rounds float, double and decimal, and '{value.Symbol.Name}' is a {value.Model.Type.Name.Replace("global::", "")}"
            : digits is < 1 or > Most ? $"{CSharp.Literal(digits)} is outside 1 to 15"
            : null;
        if (problem is null)
        {
            return digits;
        }

        // An inherited member may be another project's.
        var place = declared.IsOwn(value.Symbol) ? AttributeArguments.Location(attribute, "Digits") : declared.Place;
        declared.Report(SeriesRules.Digits, place, value.Symbol.Name, problem);
        return 0;
    }

    private static AttributeData? FindAttribute(ISymbol member)
    {
        var parameters = member.ContainingType.InstanceConstructors.SelectMany(constructor => constructor.Parameters)
            .Where(parameter => SymbolEqualityComparer.Default.Equals(MarkedMembers.PropertyOf(parameter), member));
        return parameters.Prepend(member).Select(symbol => symbol.Attribute(KnownNames.SeriesValue)).FirstOrDefault(attribute => attribute is not null);
    }
}
