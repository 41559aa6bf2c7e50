using System.ComponentModel;
using Typed.Generated;
using Typed.Schema;
using Typed.Storage.Tables;
using Typed.Time;

namespace Typed.Series;

/// <summary>An interval with the types that its reads give.</summary>
/// <param name="interval">The interval.</param>
/// <param name="statements">The statements of its table.</param>
/// <param name="layout">Where parts stand in a row of <see cref="TableStatements.Parts"/>.</param>
/// <param name="values">Reads what buckets hold.</param>
/// <param name="statistics">Reads their statistics.</param>
/// <param name="payload">Builds what a bucket, a slot or a part of it holds.</param>
/// <param name="merge">Merges values in time order, or in the order of keys.</param>
internal sealed class IntervalPlan<TRead, TStats>(
    Interval interval,
    TableStatements statements,
    PartLayout layout,
    View<TRead> values,
    View<TStats> statistics,
    Func<Payload<TRead>> payload,
    Func<IReadOnlyList<TRead>, TRead> merge) : IntervalPlan(interval, statements), IParts<TRead>
{
    public View<TRead> Values => values;

    public View<TStats> Statistics => statistics;

    public Func<IReadOnlyList<TRead>, TRead> Merge => merge;

    public PartLayout Layout => layout;

    KeyedSql IParts<TRead>.Statement => Statements.Parts;

    public Payload<TRead> NewPayload() => payload();
}

/// <summary>How to read the parts of a bucket: the values of each slot and key, neither condensed nor joined.</summary>
internal interface IParts<TRead>
{
    /// <summary>Selects parts by bucket and slot.</summary>
    KeyedSql Statement { get; }

    PartLayout Layout { get; }

    Payload<TRead> NewPayload();
}
