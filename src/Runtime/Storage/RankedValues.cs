namespace Typed.Storage;

/// <summary>The parts of a query for percentiles, for <see cref="Dialect.Percentiles"/>.</summary>
/// <param name="Cell">The columns of a cell; none where the range is one.</param>
/// <param name="Kind">How the values are stored.</param>
/// <param name="Value">The value's column.</param>
/// <param name="Count">The count's column.</param>
/// <param name="From">FROM and WHERE of the rows <c>t</c>, which may hold a value of a cell several times.</param>
/// <param name="Limit">The end of the query.</param>
/// <param name="Percentiles">The parameters of the percentiles.</param>
internal sealed record RankedValues(
    IReadOnlyList<string> Cell, ColumnKind Kind, string Value, string Count, string From, string Limit, IReadOnlyList<string> Percentiles);
