using System.Text;
using Npgsql;

namespace Typed.Postgres;

/// <summary>A row of an <see cref="NpgsqlDataReader"/>.</summary>
internal sealed class PostgresRow(NpgsqlDataReader reader) : RowReader
{
    // Npgsql reads timestamptz, date and time as raw integers when asked for them: no infinities and no DateTime on the way.
    private const long EpochOffset = 946_684_800_000_000;

    // The binary form of jsonb is a version byte, then the text (jsonb_send in jsonb.c); json is the text alone.
    public const byte JsonbVersion = 1;
    public const int JsonbVersionBytes = 1;

    private static readonly DateOnly s_postgresEpoch = new(2000, 1, 1);

    /// <summary>No member of a key is longer.</summary>
    private const int TextBytes = 512;

    private int? _jsonStart;
    private byte[]? _stored;

    public override bool IsNull(int ordinal) => reader.IsDBNull(ordinal);
    public override bool Boolean(int ordinal) => reader.GetBoolean(ordinal);
    public override short Int16(int ordinal) => reader.GetInt16(ordinal);
    public override int Int32(int ordinal) => reader.GetInt32(ordinal);
    public override long Int64(int ordinal) => reader.GetInt64(ordinal);
    public override float Single(int ordinal) => reader.GetFloat(ordinal);
    public override double Double(int ordinal) => reader.GetDouble(ordinal);
    public override decimal Decimal(int ordinal) => reader.GetDecimal(ordinal);
    public override string Text(int ordinal) => reader.GetString(ordinal);

    public override bool IsText(int ordinal, string value)
    {
        _stored ??= new byte[TextBytes];
        Span<byte> buffer = stackalloc byte[TextBytes];
        return Encoding.UTF8.TryGetBytes(value, buffer, out var written)
            ? reader.GetBytes(ordinal, 0, buffer: null, 0, 0) == written
                && reader.GetBytes(ordinal, 0, _stored, 0, written) == written
                && buffer[..written].SequenceEqual(_stored.AsSpan(0, written))
            : string.Equals(Text(ordinal), value, StringComparison.Ordinal);
    }

    public override Guid Guid(int ordinal) => reader.GetGuid(ordinal);
    public override long Instant(int ordinal) => reader.GetFieldValue<long>(ordinal) + EpochOffset;
    public override DateOnly Date(int ordinal) => s_postgresEpoch.AddDays(reader.GetFieldValue<int>(ordinal));
    public override TimeOnly Time(int ordinal) => new(reader.GetFieldValue<long>(ordinal) * TimeSpan.TicksPerMicrosecond);
    public override TimeSpan Duration(int ordinal) => reader.GetTimeSpan(ordinal);
    public override int JsonSize(int ordinal) => (int)reader.GetBytes(ordinal, 0, buffer: null, 0, 0) - JsonStart(ordinal);

    // GetFieldValue would make an array of each body.
    public override void Json(int ordinal, ArraySegment<byte> into) => reader.GetBytes(ordinal, JsonStart(ordinal), into.Array, into.Offset, into.Count);
    public override byte[] Blob(int ordinal) => reader.GetFieldValue<byte[]>(ordinal);
    public override long IntegerSum(ref int ordinal) => reader.GetInt64(ordinal++);

    public static long ToPostgres(long instant) => instant - EpochOffset;

    public static int ToPostgres(DateOnly date) => date.DayNumber - s_postgresEpoch.DayNumber;

    private int JsonStart(int ordinal) =>
        _jsonStart ??= string.Equals(reader.GetDataTypeName(ordinal), "jsonb", StringComparison.Ordinal) ? JsonbVersionBytes : 0;
}
