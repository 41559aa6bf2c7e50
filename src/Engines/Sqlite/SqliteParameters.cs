using System.Buffers;
using System.Globalization;
using System.Text;
using SQLitePCL;
using Typed.Values;

namespace Typed.Sqlite;

/// <summary>Binds the parameters of a prepared statement, one after the other.</summary>
internal sealed class SqliteParameters : ParameterWriter
{
    private sqlite3_stmt _statement = null!;
    private int _index;

    public override ArrayWriter? Arrays => null;

    internal override RowList Rows() => new SqliteRowList(this);

    public void Use(sqlite3_stmt statement)
    {
        _statement = statement;
        _index = 0;
    }

    public override void Boolean(bool value) => Int64(value ? 1 : 0);
    public override void Int16(short value) => Int64(value);
    public override void Int32(int value) => Int64(value);
    public override void Int64(long value) => Check(raw.sqlite3_bind_int64(_statement, ++_index, value));
    public override void Single(float value) => Double(value);
    public override void Double(double value) => Check(raw.sqlite3_bind_double(_statement, ++_index, value));
    public override void Decimal(decimal value) => Text(SqliteTexts.Format(value));

    public override void Text(string value)
    {
        var size = Encoding.UTF8.GetMaxByteCount(value.Length);
        byte[]? rented = null;
        var buffer = size <= 512 ? stackalloc byte[512] : rented = ArrayPool<byte>.Shared.Rent(size);
        Check(raw.sqlite3_bind_text(_statement, ++_index, buffer[..Encoding.UTF8.GetBytes(value, buffer)]));
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public override void Guid(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        Check(raw.sqlite3_bind_blob(_statement, ++_index, bytes));
    }

    public override void Instant(long value) => Int64(value);
    public override void Instants(long[] values) => Text($"[{string.Join(',', values.Select(static value => value.ToString(CultureInfo.InvariantCulture)))}]");
    public override void Date(DateOnly value) => Text(SqliteTexts.Format(value));
    public override void Time(TimeOnly value) => Text(SqliteTexts.Format(value));
    public override void Duration(TimeSpan value) => Int64(SqliteTexts.Microseconds(value));
    public override void Json(ReadOnlySpan<byte> value, BodyFormat format) => Check(raw.sqlite3_bind_text(_statement, ++_index, value));

    public override void Blob(byte[] value) => Check(value.Length == 0
        ? raw.sqlite3_bind_zeroblob(_statement, ++_index, 0)
        : raw.sqlite3_bind_blob(_statement, ++_index, value));

    private void Check(int code) => SqliteErrors.Check(code, raw.sqlite3_db_handle(_statement));
}
