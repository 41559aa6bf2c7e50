using Typed.Cli.Reading;
using Typed.Writing.Spool;

namespace Typed.Cli.Spools;

/// <summary>A key of any series, as it stands in a spool: its members with their kinds.</summary>
internal readonly struct StoredKey((object Value, ColumnKind Kind)[] members) : ISeriesKey<StoredKey>
{
    private (object Value, ColumnKind Kind)[] Members => members ?? [];

    public static StoredKey Read(RowReader row, int ordinal)
    {
        var record = (RecordReader)row;
        var members = new (object, ColumnKind)[record.Count - ordinal];
        for (var i = 0; i < members.Length; i++)
        {
            var kind = record.KindOf(ordinal + i);
            members[i] = (StoredColumn.Read(row, ordinal + i, kind), kind);
        }

        return new(members);
    }

    public static bool Matches(RowReader row, int ordinal, in StoredKey key) => throw new NotSupportedException("Keys of a spool are only written.");

    public static void Write(ParameterWriter parameters, in StoredKey key)
    {
        foreach (var (value, kind) in key.Members)
        {
            StoredColumn.Write(parameters, value, kind);
        }
    }

    public static void WriteAll(ArrayWriter arrays, ReadOnlySpan<StoredKey> keys)
    {
        for (var i = 0; i < keys[0].Members.Length; i++)
        {
            var values = new object[keys.Length];
            for (var row = 0; row < values.Length; row++)
            {
                values[row] = keys[row].Members[i].Value;
            }

            Write(arrays, values, keys[0].Members[i].Kind);
        }
    }

    public static StoredKey Accept(in StoredKey key) => key;

    public bool Equals(StoredKey other) => CompareTo(other) == 0;

    public override bool Equals(object? obj) => obj is StoredKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var (value, _) in Members)
        {
            if (value is byte[] bytes)
            {
                hash.AddBytes(bytes);
            }
            else
            {
                hash.Add(value);
            }
        }

        return hash.ToHashCode();
    }

    public int CompareTo(StoredKey other)
    {
        for (var i = 0; i < Members.Length; i++)
        {
            if (Compare(Members[i].Value, other.Members[i].Value) is not 0 and var order)
            {
                return order;
            }
        }

        return 0;
    }

    private static int Compare(object left, object right) => (left, right) switch
    {
        (string one, string two) => TextColumn.Compare(one, two),
        (byte[] one, byte[] two) => one.AsSpan().SequenceCompareTo(two),
        _ => ((IComparable)left).CompareTo(right),
    };

    private static void Write(ArrayWriter arrays, object[] values, ColumnKind kind)
    {
        switch (kind)
        {
            case ColumnKind.Boolean:
                arrays.Booleans(Array.ConvertAll(values, static value => (bool)value));
                break;
            case ColumnKind.Int16:
                arrays.Int16s(Array.ConvertAll(values, static value => (short)(long)value));
                break;
            case ColumnKind.Int32:
                arrays.Int32s(Array.ConvertAll(values, static value => (int)(long)value));
                break;
            case ColumnKind.Int64:
                arrays.Int64s(Array.ConvertAll(values, static value => (long)value));
                break;
            case ColumnKind.Single:
                arrays.Singles(Array.ConvertAll(values, static value => (float)value));
                break;
            case ColumnKind.Double:
                arrays.Doubles(Array.ConvertAll(values, static value => (double)value));
                break;
            case ColumnKind.Decimal:
                arrays.Decimals(Array.ConvertAll(values, static value => (decimal)value));
                break;
            case ColumnKind.Text:
                arrays.Texts(Array.ConvertAll(values, static value => (string)value));
                break;
            case ColumnKind.Guid:
                arrays.Guids(Array.ConvertAll(values, static value => (Guid)value));
                break;
            case ColumnKind.Instant:
                arrays.Instants(Array.ConvertAll(values, static value => Time.Instant.From((DateTimeOffset)value)));
                break;
            case ColumnKind.Date:
                arrays.Dates(Array.ConvertAll(values, static value => (DateOnly)value));
                break;
            case ColumnKind.Time:
                arrays.Times(Array.ConvertAll(values, static value => (TimeOnly)value));
                break;
            case ColumnKind.Duration:
                arrays.Durations(Array.ConvertAll(values, static value => (TimeSpan)value));
                break;
            default:
                arrays.Blobs(Array.ConvertAll(values, static value => (byte[])value));
                break;
        }
    }
}
