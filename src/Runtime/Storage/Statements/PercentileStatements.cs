namespace Typed.Storage.Statements;

/// <summary>The statements for a number of percentiles, whose parameters come after all others.</summary>
/// <param name="Range">Bucket and values, ascending.</param>
/// <param name="AllKeys">Key, bucket and values, in the order of the primary key.</param>
/// <param name="Collapse">The values of a whole range.</param>
internal sealed record PercentileStatements(KeyedSql Range, AllKeysSql AllKeys, KeyedSql Collapse);
