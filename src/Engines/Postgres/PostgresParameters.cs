using Npgsql;
using NpgsqlTypes;

namespace Typed.Postgres;

/// <summary>Positional, typed parameters of one command.</summary>
internal sealed class PostgresParameters(NpgsqlParameterCollection parameters) : ParameterWriter
{
    public override ArrayWriter Arrays => field ??= new PostgresArrays(parameters);
    public override void Boolean(bool value) => Add(value, NpgsqlDbType.Boolean);
    public override void Int16(short value) => Add(value, NpgsqlDbType.Smallint);
    public override void Int32(int value) => Add(value, NpgsqlDbType.Integer);
    public override void Int64(long value) => Add(value, NpgsqlDbType.Bigint);
    public override void Single(float value) => Add(value, NpgsqlDbType.Real);
    public override void Double(double value) => Add(value, NpgsqlDbType.Double);
    public override void Decimal(decimal value) => Add(value, NpgsqlDbType.Numeric);
    public override void Text(string value) => Add(value, NpgsqlDbType.Text);
    public override void Guid(Guid value) => Add(value, NpgsqlDbType.Uuid);
    public override void Instant(long value) => Add(PostgresRow.ToPostgres(value), NpgsqlDbType.TimestampTz);
    public override void Instants(long[] values) => Arrays.Instants(values);
    public override void Date(DateOnly value) => Add(PostgresRow.ToPostgres(value), NpgsqlDbType.Date);
    public override void Time(TimeOnly value) => Add(value.Ticks / TimeSpan.TicksPerMicrosecond, NpgsqlDbType.Time);
    public override void Duration(TimeSpan value) => Add(value, NpgsqlDbType.Interval);
    public override void Json(ReadOnlySpan<byte> value, BodyFormat format) => Add(value.ToArray(), TypeOf(format));
    public override void Blob(byte[] value) => Add(value, NpgsqlDbType.Bytea);

    public static NpgsqlDbType TypeOf(BodyFormat format) => format == BodyFormat.Json ? NpgsqlDbType.Json : NpgsqlDbType.Jsonb;

    private void Add<T>(T value, NpgsqlDbType type) => parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
}

/// <summary>Columns as positional array parameters.</summary>
internal sealed class PostgresArrays(NpgsqlParameterCollection parameters) : ArrayWriter
{
    public override void Booleans(bool[] values) => Add(values, NpgsqlDbType.Boolean);
    public override void Int16s(short[] values) => Add(values, NpgsqlDbType.Smallint);
    public override void Int32s(int[] values) => Add(values, NpgsqlDbType.Integer);
    public override void Int64s(long[] values) => Add(values, NpgsqlDbType.Bigint);
    public override void Singles(float[] values) => Add(values, NpgsqlDbType.Real);
    public override void Doubles(double[] values) => Add(values, NpgsqlDbType.Double);
    public override void Decimals(decimal[] values) => Add(values, NpgsqlDbType.Numeric);
    public override void Texts(string[] values) => Add(values, NpgsqlDbType.Text);
    public override void Guids(Guid[] values) => Add(values, NpgsqlDbType.Uuid);
    public override void Instants(long[] values) => Add(Array.ConvertAll(values, PostgresRow.ToPostgres), NpgsqlDbType.TimestampTz);
    public override void Dates(DateOnly[] values) => Add(Array.ConvertAll(values, PostgresRow.ToPostgres), NpgsqlDbType.Date);

    public override void Times(TimeOnly[] values) =>
        Add(Array.ConvertAll(values, static v => v.Ticks / TimeSpan.TicksPerMicrosecond), NpgsqlDbType.Time);

    public override void Durations(TimeSpan[] values) => Add(values, NpgsqlDbType.Interval);
    public override void Jsons(ReadOnlyMemory<byte>[] values, BodyFormat format) => Add(values, PostgresParameters.TypeOf(format));
    public override void Blobs(byte[][] values) => Add(values, NpgsqlDbType.Bytea);

    private void Add<T>(T[] values, NpgsqlDbType type) =>
        parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });
}
