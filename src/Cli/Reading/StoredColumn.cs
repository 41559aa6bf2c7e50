using System.Globalization;
using Typed.Cli.Output;

namespace Typed.Cli.Reading;

/// <summary>A column of a series as the catalog describes it: the member, the name of its .NET type, and how it is stored.</summary>
/// <param name="Member">The declared member's name.</param>
/// <param name="Type">The .NET type's name.</param>
/// <param name="Kind">How it is stored.</param>
internal sealed record StoredColumn(string Member, string Type, ColumnKind Kind)
{
    private const string Enum = "enum of ";

    private static readonly Dictionary<string, ColumnKind> s_kinds = new(StringComparer.Ordinal)
    {
        ["Boolean"] = ColumnKind.Boolean,
        ["Byte"] = ColumnKind.Int16,
        ["SByte"] = ColumnKind.Int16,
        ["Int16"] = ColumnKind.Int16,
        ["UInt16"] = ColumnKind.Int32,
        ["Int32"] = ColumnKind.Int32,
        ["UInt32"] = ColumnKind.Int64,
        ["Int64"] = ColumnKind.Int64,
        ["UInt64"] = ColumnKind.Int64,
        ["Single"] = ColumnKind.Single,
        ["Double"] = ColumnKind.Double,
        ["Decimal"] = ColumnKind.Decimal,
        ["String"] = ColumnKind.Text,
        ["Guid"] = ColumnKind.Guid,
        ["DateTime"] = ColumnKind.Instant,
        ["DateTimeOffset"] = ColumnKind.Instant,
        ["DateOnly"] = ColumnKind.Date,
        ["TimeOnly"] = ColumnKind.Time,
        ["TimeSpan"] = ColumnKind.Duration,
        ["Byte[]"] = ColumnKind.Blob,
    };

    /// <summary>Whether a value can be charted and summed up.</summary>
    public bool IsNumber => Kind is ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64 or ColumnKind.Single or ColumnKind.Double or ColumnKind.Decimal
        && !Type.StartsWith(Enum, StringComparison.Ordinal);

    /// <summary>Reads <c>Route String</c>; null where the type is not known.</summary>
    public static StoredColumn? Parse(string text)
    {
        var parts = text.Split(' ', 2);
        var type = parts.Length > 1 ? parts[1] : "";
        var stored = type.StartsWith(Enum, StringComparison.Ordinal) ? type[Enum.Length..] : type;
        return s_kinds.TryGetValue(stored, out var kind) ? new(parts[0], type, kind) : null;
    }

    /// <summary>Reads a stored value.</summary>
    public static object Read(RowReader row, int ordinal, ColumnKind kind) => kind switch
    {
        ColumnKind.Boolean => row.Boolean(ordinal),
        ColumnKind.Int16 => (long)row.Int16(ordinal),
        ColumnKind.Int32 => (long)row.Int32(ordinal),
        ColumnKind.Int64 => row.Int64(ordinal),
        ColumnKind.Single => row.Single(ordinal),
        ColumnKind.Double => row.Double(ordinal),
        ColumnKind.Decimal => row.Decimal(ordinal),
        ColumnKind.Text => row.Text(ordinal),
        ColumnKind.Guid => row.Guid(ordinal),
        ColumnKind.Instant => Time.Instant.ToDateTimeOffset(row.Instant(ordinal)),
        ColumnKind.Date => row.Date(ordinal),
        ColumnKind.Time => row.Time(ordinal),
        ColumnKind.Duration => row.Duration(ordinal),
        ColumnKind.Blob => row.Blob(ordinal),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    /// <summary>Binds a value that <see cref="Read"/> gave.</summary>
    public static void Write(ParameterWriter writer, object value, ColumnKind kind)
    {
        switch (kind)
        {
            case ColumnKind.Boolean:
                writer.Boolean((bool)value);
                break;
            case ColumnKind.Int16:
                writer.Int16((short)(long)value);
                break;
            case ColumnKind.Int32:
                writer.Int32((int)(long)value);
                break;
            case ColumnKind.Int64:
                writer.Int64((long)value);
                break;
            case ColumnKind.Single:
                writer.Single((float)value);
                break;
            case ColumnKind.Double:
                writer.Double((double)value);
                break;
            case ColumnKind.Decimal:
                writer.Decimal((decimal)value);
                break;
            case ColumnKind.Text:
                writer.Text((string)value);
                break;
            case ColumnKind.Guid:
                writer.Guid((Guid)value);
                break;
            case ColumnKind.Instant:
                writer.Instant(Time.Instant.From((DateTimeOffset)value));
                break;
            case ColumnKind.Date:
                writer.Date((DateOnly)value);
                break;
            case ColumnKind.Time:
                writer.Time((TimeOnly)value);
                break;
            case ColumnKind.Duration:
                writer.Duration((TimeSpan)value);
                break;
            case ColumnKind.Blob:
                writer.Blob((byte[])value);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null);
        }
    }

    /// <summary>Reads a value from text, and gives what binds it as a parameter.</summary>
    /// <exception cref="CliException">The text is no such value.</exception>
    public Action<ParameterWriter> Parameter(string text)
    {
        try
        {
            var value = Value(text);
            return writer => Write(writer, value, Kind);
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw new CliException(ExitCodes.Usage, $"'{text}' is no {Type}, which {Member} of the key is.", "'typed keys' lists the keys.", error);
        }
    }

    /// <summary>What <see cref="Read"/> would give of it.</summary>
    private object Value(string text) => Kind switch
    {
        ColumnKind.Boolean => bool.Parse(text),
        ColumnKind.Int16 => (long)short.Parse(text, CultureInfo.InvariantCulture),
        ColumnKind.Int32 => (long)int.Parse(text, CultureInfo.InvariantCulture),
        ColumnKind.Int64 => long.Parse(text, CultureInfo.InvariantCulture),
        ColumnKind.Single => float.Parse(text, CultureInfo.InvariantCulture),
        ColumnKind.Double => double.Parse(text, CultureInfo.InvariantCulture),
        ColumnKind.Decimal => decimal.Parse(text, CultureInfo.InvariantCulture),
        ColumnKind.Text => text,
        ColumnKind.Guid => Guid.Parse(text),
        ColumnKind.Instant => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        ColumnKind.Date => DateOnly.Parse(text, CultureInfo.InvariantCulture),
        ColumnKind.Time => TimeOnly.Parse(text, CultureInfo.InvariantCulture),
        ColumnKind.Duration => TimeSpan.Parse(text, CultureInfo.InvariantCulture),
        _ => Convert.FromBase64String(text),
    };
}
