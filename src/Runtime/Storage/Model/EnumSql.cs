using System.Globalization;
using Typed.Schema;

namespace Typed.Storage.Model;

/// <summary>The number of an enum whose name stands in JSON, as SQL: enums compare by their numbers, and flags are asked by their bits.</summary>
/// <param name="isNumber">What follows a text to ask whether it is a number.</param>
/// <param name="position">The function that finds a text in another.</param>
internal sealed class EnumSql(string isNumber, string position)
{
    /// <param name="names">The names.</param>
    /// <param name="text">Writes the text in JSON.</param>
    /// <param name="sql">Writes SQL.</param>
    public void Append(EnumNumbers names, Action text, Action<string> sql)
    {
        if (names.IsFlags)
        {
            AppendFlags(names, text, sql);
            return;
        }

        sql("CASE ");
        text();
        foreach (var (name, number) in names.Names)
        {
            sql(string.Create(CultureInfo.InvariantCulture, $" WHEN {Literal(name)} THEN {number}"));
        }

        sql(" ELSE CASE WHEN ");
        AppendNumber(text, sql);
        sql(" END END");
    }

    // A text such as 'Read, Write' has the bits of each name in it.
    private void AppendFlags(EnumNumbers names, Action text, Action<string> sql)
    {
        sql("CASE WHEN ");
        AppendNumber(text, sql);
        sql(" WHEN ");
        text();
        sql(" IS NOT NULL THEN 0");
        foreach (var (name, number) in names.Names.Where(name => name.Value != 0))
        {
            sql($" | CASE WHEN {position}(', ' || (");
            text();
            sql(string.Create(CultureInfo.InvariantCulture, $") || ', ', {Literal($", {name}, ")}) > 0 THEN {number} ELSE 0 END"));
        }

        sql(" END");
    }

    /// <summary>A value without a name is a number in JSON.</summary>
    private void AppendNumber(Action text, Action<string> sql)
    {
        text();
        sql($" {isNumber} THEN CAST(");
        text();
        sql(" AS bigint)");
    }

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
