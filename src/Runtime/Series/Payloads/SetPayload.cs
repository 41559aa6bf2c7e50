using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using Typed.Generated;

namespace Typed.Series;

/// <summary>Set: the distinct values.</summary>
internal sealed class SetPayload<TValue, TColumn> : Payload<IReadOnlySet<TValue>>
    where TColumn : struct, IColumn<TValue>
{
    private HashSet<TValue> _members = new(ColumnComparer<TValue, TColumn>.Instance);

    public override IReadOnlySet<TValue> Nothing => ReadOnlySet<TValue>.Empty;

    public override void Add(RowReader row, int ordinal, bool merged) => _members.Add(TColumn.Read(row, ordinal));

    public override IReadOnlySet<TValue> Take()
    {
        var members = _members;
        _members = new(ColumnComparer<TValue, TColumn>.Instance);
        return members;
    }
}

/// <summary>Equality as the column sees it: bytes by content.</summary>
internal sealed class ColumnComparer<TValue, TColumn> : IEqualityComparer<TValue>
    where TColumn : struct, IColumn<TValue>
{
    public static readonly ColumnComparer<TValue, TColumn> Instance = new();

    public bool Equals(TValue? x, TValue? y) => x is null || y is null ? x is null && y is null : TColumn.Equal(x, y);

    public int GetHashCode([DisallowNull] TValue obj) => TColumn.Hash(obj);
}
