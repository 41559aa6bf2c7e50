namespace Typed.Writing.Spool;

/// <summary>Writes the columns of an item: each value with its kind before it, so that a later version of its class can read it.</summary>
/// <param name="payload">Where to.</param>
internal sealed class RecordWriter(PayloadWriter payload) : ParameterWriter
{
    [ThreadStatic]
    private static RecordWriter? s_ofThread;

    /// <summary>The thread's own, to be used at once.</summary>
    public static RecordWriter OfThread => s_ofThread ??= new(new PayloadWriter());

    public PayloadWriter Payload => payload;

    public override ArrayWriter? Arrays => null;

    public override void Boolean(bool value)
    {
        Kind(ColumnKind.Boolean);
        payload.Byte(value ? (byte)1 : (byte)0);
    }

    public override void Int16(short value) => Integer(ColumnKind.Int16, value);

    public override void Int32(int value) => Integer(ColumnKind.Int32, value);

    public override void Int64(long value) => Integer(ColumnKind.Int64, value);

    public override void Single(float value)
    {
        Kind(ColumnKind.Single);
        payload.Fixed(BitConverter.SingleToInt32Bits(value));
    }

    public override void Double(double value)
    {
        Kind(ColumnKind.Double);
        payload.Fixed(BitConverter.DoubleToInt64Bits(value));
    }

    public override void Decimal(decimal value)
    {
        Kind(ColumnKind.Decimal);
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        foreach (var part in parts)
        {
            payload.Fixed(part);
        }
    }

    public override void Text(string value)
    {
        Kind(ColumnKind.Text);
        payload.Text(value);
    }

    public override void Guid(Guid value)
    {
        Kind(ColumnKind.Guid);
        payload.Guid(value);
    }

    public override void Instant(long value) => Integer(ColumnKind.Instant, value);

    public override void Instants(long[] values) => throw new NotSupportedException("A record of a spool holds no lists.");

    public override void Date(DateOnly value) => Integer(ColumnKind.Date, value.DayNumber);

    public override void Time(TimeOnly value) => Integer(ColumnKind.Time, value.Ticks);

    public override void Duration(TimeSpan value) => Integer(ColumnKind.Duration, value.Ticks);

    public override void Json(ReadOnlySpan<byte> value, BodyFormat format)
    {
        Kind(ColumnKind.Json);
        payload.Bytes(value);
    }

    public override void Blob(byte[] value)
    {
        Kind(ColumnKind.Blob);
        payload.Bytes(value);
    }

    private void Integer(ColumnKind kind, long value)
    {
        Kind(kind);
        payload.Signed(value);
    }

    private void Kind(ColumnKind kind) => payload.Byte((byte)kind);
}
