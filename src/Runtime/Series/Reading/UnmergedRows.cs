using Typed.Series.Kinds;
using Typed.Storage.Statements;

namespace Typed.Series.Reading;

/// <summary>How to read the rows of each slot and key, neither condensed nor joined.</summary>
/// <param name="Statement">Selects them by bucket and slot.</param>
/// <param name="Layout">Where things stand in one of them.</param>
/// <param name="NewAccumulator">Makes what builds a value from them.</param>
internal sealed record UnmergedRows<TRead>(KeyedSql Statement, UnmergedLayout Layout, Func<BucketAccumulator<TRead>> NewAccumulator);
