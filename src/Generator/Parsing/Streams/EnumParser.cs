using System.Globalization;
using Microsoft.CodeAnalysis;
using Typed.Generator.Model;
using Typed.Generator.Model.Streams;
using Typed.Generator.Rules;
using Typed.Schema.Json;

namespace Typed.Generator.Parsing.Streams;

/// <summary>From an enum to the names of its members in JSON. A name that could not be read back is reported and left out.</summary>
internal static class EnumParser
{
    public static BodyEnum Parse(INamedTypeSymbol type, BodyTypes body)
    {
        var isFlags = type.Has("System.FlagsAttribute");
        var names = new List<BodyEnumName>();
        foreach (var field in type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue))
        {
            var renamed = JsonAttributes.EnumName(field);
            var text = renamed ?? field.Name;
            if (IsName(text, isFlags))
            {
                names.Add(new BodyEnumName(text, Key(field.ConstantValue!), renamed is not null));
            }
            else
            {
                body.Report(StreamRules.EnumName, field, field.Name, type.Name);
            }
        }

        // The runtime lists an enum by its values as unsigned numbers; of equal ones the first declared counts.
        var mask = Mask(type.EnumUnderlyingType);
        var sorted = names.OrderBy(name => name.Key & mask);
        return new BodyEnum(isFlags, (isFlags ? sorted.OrderByDescending(name => Bits(name.Key)) : sorted).ToEquatableArray());
    }

    private static bool IsName(string text, bool isFlags) =>
        text.Length > 0 && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[text.Length - 1]) && !(isFlags && text.IndexOf(',') >= 0)
            && StorableText.Fault(text) is null;

    private static ulong Key(object value) => value is ulong key ? key : unchecked((ulong)Convert.ToInt64(value, CultureInfo.InvariantCulture));

    private static ulong Mask(ITypeSymbol? underlying) => underlying?.SpecialType switch
    {
        SpecialType.System_SByte or SpecialType.System_Byte => byte.MaxValue,
        SpecialType.System_Int16 or SpecialType.System_UInt16 => ushort.MaxValue,
        SpecialType.System_Int32 or SpecialType.System_UInt32 => uint.MaxValue,
        _ => ulong.MaxValue,
    };

    private static int Bits(ulong key)
    {
        var bits = 0;
        for (; key != 0; key &= key - 1)
        {
            bits++;
        }

        return bits;
    }
}
