namespace Typed.Storage.Statements;

/// <summary>The statements that choose among the entries of each cell: by rank, or by count. What they choose by comes after all other parameters.</summary>
/// <param name="Range">Bucket and what is chosen, by bucket.</param>
/// <param name="AllKeys">Key, bucket and what is chosen, in the order of the primary key.</param>
/// <param name="Collapse">What is chosen of a whole range.</param>
internal sealed record RankedStatements(KeyedSql Range, AllKeysSql AllKeys, KeyedSql Collapse);
