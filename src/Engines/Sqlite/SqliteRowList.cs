using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Typed.Values;

namespace Typed.Sqlite;

#pragma warning disable CA1001 // End disposes the writer; one that is not ended holds nothing but memory.
/// <summary>
/// Rows as one parameter, <c>[[…],[…]]</c>: SQLite has no arrays, and only so many parameters. <see cref="SqliteDialect.KeySource"/> reads it.
/// </summary>
internal sealed class SqliteRowList : RowList
#pragma warning restore CA1001
{
    private readonly ParameterWriter _parameters;
    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly Utf8JsonWriter _json;

    public SqliteRowList(ParameterWriter parameters)
    {
        _parameters = parameters;
        _json = new(_text, new JsonWriterOptions { SkipValidation = true });
        _json.WriteStartArray();
    }

    public override ArrayWriter? Arrays => null;
    public override void StartRow() => _json.WriteStartArray();
    public override void EndRow() => _json.WriteEndArray();

    public override void End()
    {
        _json.WriteEndArray();
        _json.Dispose();
        _parameters.Text(Encoding.UTF8.GetString(_text.WrittenSpan));
    }

    public override void Boolean(bool value) => Int64(value ? 1 : 0);
    public override void Int16(short value) => Int64(value);
    public override void Int32(int value) => Int64(value);
    public override void Int64(long value) => _json.WriteNumberValue(value);
    public override void Single(float value) => Double(value);

    // As text, for a function that reads it back exactly; SQLite's own reading of numbers may be off by a bit.
    public override void Double(double value) => _json.WriteStringValue(value.ToString("R", CultureInfo.InvariantCulture));
    public override void Decimal(decimal value) => _json.WriteStringValue(SqliteTexts.Format(value));
    public override void Text(string value) => _json.WriteStringValue(value);
    public override void Guid(Guid value) => _json.WriteStringValue(Convert.ToHexString(value.ToByteArray(bigEndian: true)));
    public override void Instant(long value) => Int64(value);
    public override void Instants(long[] values) => throw new NotSupportedException("A column of a row holds one value.");
    public override void Date(DateOnly value) => _json.WriteStringValue(SqliteTexts.Format(value));
    public override void Time(TimeOnly value) => _json.WriteStringValue(SqliteTexts.Format(value));
    public override void Duration(TimeSpan value) => Int64(SqliteTexts.Microseconds(value));
    public override void Json(ReadOnlySpan<byte> value, BodyFormat format) => throw new NotSupportedException("JSON is no key.");
    public override void Blob(byte[] value) => _json.WriteStringValue(Convert.ToHexString(value));
}
