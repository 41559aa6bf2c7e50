using System.Text;
using static System.FormattableString;

namespace Typed.Writing.Spool;

/// <summary>
/// Reads the columns of an item. A number that was written by a narrower type is read as a wider one. Serves again and again; of one thread.
/// </summary>
internal sealed class RecordReader : RowReader
{
    private readonly List<(ColumnKind Kind, int Start, int Length)> _columns = [];
    private byte[] _bytes = [];
    private string?[] _texts = [];

    /// <summary>The number of columns.</summary>
    public int Count => _columns.Count;

    /// <summary>Goes to the next item.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public void Read(ReadOnlySpan<byte> record)
    {
        if (_bytes.Length < record.Length)
        {
            _bytes = new byte[Math.Max(record.Length, 256)];
        }

        _columns.Clear();
        var rest = new PayloadReader(record);
        while (!rest.IsAtEnd)
        {
            var kind = (ColumnKind)rest.Byte();
            var start = record.Length - rest.Rest.Length;
            switch (kind)
            {
                case ColumnKind.Boolean:
                    _ = rest.Byte();
                    break;

                case ColumnKind.Single:
                    _ = rest.Fixed32();
                    break;

                case ColumnKind.Double:
                    _ = rest.Fixed64();
                    break;

                case ColumnKind.Decimal or ColumnKind.Guid:
                    _ = rest.Guid();
                    break;

                case ColumnKind.Text or ColumnKind.Json or ColumnKind.Blob:
                    var length = rest.Bytes().Length;
                    start = record.Length - rest.Rest.Length - length;
                    break;

                case ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64:
                case ColumnKind.Instant or ColumnKind.Date or ColumnKind.Time or ColumnKind.Duration:
                    _ = rest.Signed();
                    break;

                default:
                    throw new InvalidDataException($"An item of the spool has a column of kind {(int)kind}, which this program does not know.");
            }

            _columns.Add((kind, start, record.Length - rest.Rest.Length - start));
        }

        // Keys repeat: the text of the last item serves again where it is the same.
        if (_texts.Length < _columns.Count)
        {
            Array.Resize(ref _texts, _columns.Count);
        }

        record.CopyTo(_bytes);
    }

    /// <summary>The kind of a column.</summary>
    public ColumnKind KindOf(int ordinal) => _columns[ordinal].Kind;

    public override bool IsNull(int ordinal) => false;

    public override bool Boolean(int ordinal) => Of(ordinal, ColumnKind.Boolean)[0] != 0;

    public override short Int16(int ordinal) => (short)Integer(ordinal, ColumnKind.Int16);

    public override int Int32(int ordinal) => (int)Integer(ordinal, ColumnKind.Int32);

    public override long Int64(int ordinal) => Integer(ordinal, ColumnKind.Int64);

    public override float Single(int ordinal) => BitConverter.Int32BitsToSingle(new PayloadReader(Of(ordinal, ColumnKind.Single)).Fixed32());

    public override double Double(int ordinal) => KindOf(ordinal) switch
    {
        ColumnKind.Single => Single(ordinal),
        ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64 => Int64(ordinal),
        _ => BitConverter.Int64BitsToDouble(new PayloadReader(Of(ordinal, ColumnKind.Double)).Fixed64()),
    };

    public override decimal Decimal(int ordinal)
    {
        if (KindOf(ordinal) is ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64)
        {
            return Int64(ordinal);
        }

        var rest = new PayloadReader(Of(ordinal, ColumnKind.Decimal));
        Span<int> parts = [rest.Fixed32(), rest.Fixed32(), rest.Fixed32(), rest.Fixed32()];
        return new decimal(parts);
    }

    public override string Text(int ordinal)
    {
        var bytes = Of(ordinal, ColumnKind.Text);
        return IsLast(ordinal, bytes) ? _texts[ordinal]! : _texts[ordinal] = Encoding.UTF8.GetString(bytes);
    }

    public override bool IsText(int ordinal, string value) => string.Equals(Text(ordinal), value, StringComparison.Ordinal);

    public override Guid Guid(int ordinal) => new PayloadReader(Of(ordinal, ColumnKind.Guid)).Guid();

    public override long Instant(int ordinal) => Integer(ordinal, ColumnKind.Instant);

    public override DateOnly Date(int ordinal) => DateOnly.FromDayNumber((int)Integer(ordinal, ColumnKind.Date));

    public override TimeOnly Time(int ordinal) => new(Integer(ordinal, ColumnKind.Time));

    public override TimeSpan Duration(int ordinal) => new(Integer(ordinal, ColumnKind.Duration));

    public override int JsonSize(int ordinal) => Of(ordinal, ColumnKind.Json).Length;

    public override void Json(int ordinal, ArraySegment<byte> into) => Of(ordinal, ColumnKind.Json).CopyTo(into);

    /// <summary>A JSON text, until the next item is read.</summary>
    public ReadOnlyMemory<byte> Json(int ordinal) => _bytes.AsMemory(_columns[ordinal].Start, Of(ordinal, ColumnKind.Json).Length);

    public override byte[] Blob(int ordinal) => Of(ordinal, ColumnKind.Blob).ToArray();

    public override long IntegerSum(ref int ordinal) => Int64(ordinal++);

    /// <summary>A column for people.</summary>
    public string ToText(int ordinal) => KindOf(ordinal) switch
    {
        ColumnKind.Boolean => Boolean(ordinal) ? "true" : "false",
        ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64 => Invariant($"{Int64(ordinal)}"),
        ColumnKind.Single => Invariant($"{Single(ordinal)}"),
        ColumnKind.Double => Invariant($"{Double(ordinal)}"),
        ColumnKind.Decimal => Invariant($"{Decimal(ordinal)}"),
        ColumnKind.Text => Text(ordinal),
        ColumnKind.Guid => Invariant($"{Guid(ordinal)}"),
        ColumnKind.Instant => Typed.Time.Instant.Text(Instant(ordinal)),
        ColumnKind.Date => Invariant($"{Date(ordinal):O}"),
        ColumnKind.Time => Invariant($"{Time(ordinal):O}"),
        ColumnKind.Duration => Invariant($"{Duration(ordinal):c}"),
        ColumnKind.Json => Encoding.UTF8.GetString(Of(ordinal, ColumnKind.Json)),
        _ => Convert.ToHexString(Blob(ordinal)),
    };

    private long Integer(int ordinal, ColumnKind kind)
    {
        var (stored, start, length) = _columns[ordinal];
        return stored == kind || (IsInteger(stored) && IsInteger(kind) && stored < kind)
            ? new PayloadReader(_bytes.AsSpan(start, length)).Signed()
            : throw Unfit(stored, kind);
    }

    private ReadOnlySpan<byte> Of(int ordinal, ColumnKind kind)
    {
        var (stored, start, length) = _columns[ordinal];
        return stored == kind ? _bytes.AsSpan(start, length) : throw Unfit(stored, kind);
    }

    private bool IsLast(int ordinal, ReadOnlySpan<byte> bytes)
    {
        if (_texts[ordinal] is not { } text || text.Length > bytes.Length || bytes.Length > 512)
        {
            return false;
        }

        Span<byte> last = stackalloc byte[1536];
        return Encoding.UTF8.TryGetBytes(text, last, out var length) && last[..length].SequenceEqual(bytes);
    }

    private static bool IsInteger(ColumnKind kind) => kind is ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.Int64;

    private static InvalidDataException Unfit(ColumnKind stored, ColumnKind wanted) => new($"a column holds {stored}, and {wanted} is wanted");
}
