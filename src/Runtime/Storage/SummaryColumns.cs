namespace Typed.Storage;

/// <summary>The columns of a Summary, as quoted names, and what SQL makes of them: the same text on every database.</summary>
/// <param name="Kind">How the sum, the smallest and the largest value are stored.</param>
/// <param name="Count">The count of values.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Min">The smallest.</param>
/// <param name="Max">The largest.</param>
/// <param name="Squares">
/// The sum of the squared distances from their mean. A sum of the squares themselves would lose the variance of values that lie far from zero, and make it
/// negative.
/// </param>
internal sealed record SummaryColumns(ColumnKind Kind, string Count, string Sum, string Min, string Max, string Squares)
{
    // No column has such a name, since columns are named by words.
    private const string OwnMean = "\"own mean\"";
    private const string CommonMean = "\"common mean\"";

    /// <summary>What a row holds, in the order in which it is read: the sum may take more than one column, and so comes last.</summary>
    public string Content => $"t.{Count}, t.{Min}, t.{Max}, t.{Squares}, t.{Sum}";

    /// <summary>The same, with the means that <see cref="SquaresFromMean"/> takes: of the row, and of all rows of its cell.</summary>
    /// <param name="partition">What rows of one cell share.</param>
    public string WithMeans(string partition) =>
        $"{Content}, {Quotient(Real($"t.{Sum}"), Real($"t.{Count}"))} AS {OwnMean}, "
        + $"{Quotient($"sum({Real($"t.{Sum}")}) OVER ({partition})", $"sum({Real($"t.{Count}")}) OVER ({partition})")} AS {CommonMean}";

    /// <summary>The squares of a row of <see cref="WithMeans"/>, seen from the mean of its cell.</summary>
    public string SquaresFromMean => $"t.{Squares} + {Square($"(t.{OwnMean} - t.{CommonMean})", $"t.{Count}")}";

    /// <summary>The squares of the stored row <c>t</c> and the row <c>excluded</c> together.</summary>
    public string AddedSquares()
    {
        var (stored, added) = (Real($"t.{Count}"), Real($"excluded.{Count}"));
        var distance = $"({Quotient(Real($"excluded.{Sum}"), added)} - {Quotient(Real($"t.{Sum}"), stored)})";
        return $"t.{Squares} + excluded.{Squares} + {Square(distance, $"({stored} * {added} / ({stored} + {added}))")}";
    }

    // SQLite takes the word for its REAL.
    private static string Real(string number) => $"CAST({number} AS double precision)";

    // PostgreSQL fails where a quotient or product is too small for a double.
    private static string Quotient(string sum, string count) => $"CASE WHEN abs({sum}) < 1e-150 THEN 0.0 ELSE {sum} / {count} END";

    private static string Square(string distance, string weight) =>
        $"CASE WHEN abs{distance} < 1e-150 THEN 0.0 ELSE {distance} * {distance} * {weight} END";
}
