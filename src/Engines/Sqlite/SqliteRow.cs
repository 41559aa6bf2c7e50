using System.Globalization;
using System.Text;
using SQLitePCL;

namespace Typed.Sqlite;

/// <summary>The current row of a statement.</summary>
internal sealed class SqliteRow : RowReader
{
    private sqlite3_stmt _statement = null!;

    public void Use(sqlite3_stmt statement) => _statement = statement;

    public override bool IsNull(int ordinal) => raw.sqlite3_column_type(_statement, ordinal) == raw.SQLITE_NULL;
    public override bool Boolean(int ordinal) => raw.sqlite3_column_int(_statement, ordinal) != 0;
    public override short Int16(int ordinal) => (short)raw.sqlite3_column_int(_statement, ordinal);
    public override int Int32(int ordinal) => raw.sqlite3_column_int(_statement, ordinal);
    public override long Int64(int ordinal) => raw.sqlite3_column_int64(_statement, ordinal);
    public override float Single(int ordinal) => (float)raw.sqlite3_column_double(_statement, ordinal);
    public override double Double(int ordinal) => raw.sqlite3_column_double(_statement, ordinal);

    // The texts end in ".0" where there is no fraction, which would be a digit of the decimal.
    public override decimal Decimal(int ordinal)
    {
        var text = Text(ordinal);
        return SqliteFunctions.Parse(text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text);
    }

    // sqlite3_column_blob gives the UTF-8 bytes of a text without a copy.
    public override string Text(int ordinal) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(_statement, ordinal));

    public override bool IsText(int ordinal, string value)
    {
        var stored = raw.sqlite3_column_blob(_statement, ordinal);
        Span<byte> buffer = stackalloc byte[512];
        return Encoding.UTF8.TryGetBytes(value, buffer, out var written)
            ? stored.SequenceEqual(buffer[..written])
            : string.Equals(Encoding.UTF8.GetString(stored), value, StringComparison.Ordinal);
    }

    public override Guid Guid(int ordinal) => new(raw.sqlite3_column_blob(_statement, ordinal), bigEndian: true);
    public override long Instant(int ordinal) => raw.sqlite3_column_int64(_statement, ordinal);
    public override DateOnly Date(int ordinal) => DateOnly.Parse(Text(ordinal), CultureInfo.InvariantCulture);
    public override TimeOnly Time(int ordinal) => TimeOnly.Parse(Text(ordinal), CultureInfo.InvariantCulture);
    public override TimeSpan Duration(int ordinal) => new(raw.sqlite3_column_int64(_statement, ordinal) * TimeSpan.TicksPerMicrosecond);
    public override int JsonSize(int ordinal) => raw.sqlite3_column_blob(_statement, ordinal).Length;
    public override void Json(int ordinal, ArraySegment<byte> into) => raw.sqlite3_column_blob(_statement, ordinal).CopyTo(into);
    public override byte[] Blob(int ordinal) => raw.sqlite3_column_blob(_statement, ordinal).ToArray();

    public override long IntegerSum(ref int ordinal)
    {
        // REAL: the halves of SqliteDialect.IntegerSum overflowed. NULL: there were no rows, and the sum is zero.
        if (raw.sqlite3_column_type(_statement, ordinal) == raw.SQLITE_FLOAT || raw.sqlite3_column_type(_statement, ordinal + 1) == raw.SQLITE_FLOAT)
        {
            throw new OverflowException("A sum of integers left 64 bits inside SQLite.");
        }

        var high = (Int128)raw.sqlite3_column_int64(_statement, ordinal);
        var low = (Int128)raw.sqlite3_column_int64(_statement, ordinal + 1);
        ordinal += 2;
        return checked((long)((high << 32) + low));
    }
}
