using Typed.Generated;

namespace Typed.Series;

/// <summary>Gauge: of the rows, each with its time, the latest; on equal times the later row.</summary>
/// <typeparam name="TValue">The value.</typeparam>
/// <typeparam name="TColumn">How it is stored.</typeparam>
/// <typeparam name="TItem">What is made of it: the value or null, or its statistics.</typeparam>
/// <param name="nothing">What no row makes.</param>
/// <param name="make">What the latest value makes.</param>
internal sealed class GaugePayload<TValue, TColumn, TItem>(TItem nothing, Func<TValue, TItem> make) : Payload<TItem>
    where TColumn : struct, IColumn<TValue>
{
    private TItem _item = nothing;
    private long _time = long.MinValue;

    public override TItem Nothing { get; } = nothing;

    public override void Add(RowReader row, int ordinal, bool merged)
    {
        var time = row.Instant(ordinal);
        if (time >= _time)
        {
            _time = time;
            _item = make(TColumn.Read(row, ordinal + 1));
        }
    }

    public override TItem Take()
    {
        var item = _item;
        _item = Nothing;
        _time = long.MinValue;
        return item;
    }
}
