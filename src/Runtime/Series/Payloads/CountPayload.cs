using Typed.Generated;

namespace Typed.Series;

/// <summary>Count: the total of the rows.</summary>
internal sealed class CountPayload<TValue, TColumn> : Payload<TValue>
    where TValue : struct
    where TColumn : struct, ITotalColumn<TValue>
{
    private TValue _total;

    public override TValue Nothing => default;

    public override void Add(RowReader row, int ordinal, bool merged) =>
        _total = TColumn.Add(_total, merged ? TColumn.ReadSum(row, ordinal) : TColumn.Read(row, ordinal));

    public override TValue Take()
    {
        var total = _total;
        _total = default;
        return total;
    }
}

/// <summary>Statistics of a Count, all made of its total.</summary>
internal sealed class TotalPayload<TValue, TColumn> : Payload<TotalStatistics<TValue>>
    where TValue : struct, System.Numerics.INumber<TValue>
    where TColumn : struct, ITotalColumn<TValue>
{
    private readonly CountPayload<TValue, TColumn> _total = new();

    public override TotalStatistics<TValue> Nothing => default;

    public override void Add(RowReader row, int ordinal, bool merged) => _total.Add(row, ordinal, merged);

    public override TotalStatistics<TValue> Take()
    {
        var total = _total.Take();
        return new(total, total, total, total, total, Rate: 0);
    }
}
