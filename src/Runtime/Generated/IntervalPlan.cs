using System.ComponentModel;
using Typed.Storage.Tables;
using Typed.Time;

namespace Typed.Generated;

/// <summary>How one interval is read in one model. Built once per model.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class IntervalPlan
{
    private protected IntervalPlan(Interval interval, TableStatements statements) => (Interval, Statements) = (interval, statements);

    internal Interval Interval { get; }

    internal TableStatements Statements { get; }
}
