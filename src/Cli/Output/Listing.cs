using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Typed.Cli.Output;

/// <summary>
/// Rows with named columns: a table on a terminal, a JSON object a line with <c>--json</c>, else texts with tabs between them.
/// </summary>
internal sealed class Listing(params string[] columns)
{
    private readonly List<object?[]> _rows = [];

    public int Count => _rows.Count;

    public void Add(params object?[] values) => _rows.Add(values);

    /// <summary>Writes the rows.</summary>
    /// <param name="terminal">Where to.</param>
    /// <param name="none">What to say to people where there are no rows.</param>
    public void Write(Terminal terminal, string none)
    {
        if (terminal.Json)
        {
            WriteJson(terminal);
        }
        else if (terminal.IsForPeople)
        {
            WriteTable(terminal, none);
        }
        else
        {
            foreach (var row in _rows)
            {
                terminal.Text.Write(string.Join('\t', row.Select(ValueText.OnLine)) + "\n");
            }
        }
    }

    private void WriteJson(Terminal terminal)
    {
        terminal.Text.Flush();
        using var json = new Utf8JsonWriter(terminal.Output, new JsonWriterOptions { SkipValidation = true });
        foreach (var row in _rows)
        {
            json.WriteStartObject();
            foreach (var (column, value) in columns.Zip(row))
            {
                json.WritePropertyName(column.Replace(' ', '_'));
                ValueText.WriteJson(json, value);
            }

            json.WriteEndObject();
            json.Flush();
            json.Reset();
            terminal.Output.Write("\n"u8);
        }
    }

    private void WriteTable(Terminal terminal, string none)
    {
        if (_rows.Count == 0)
        {
            terminal.Rich.MarkupLineInterpolated($"[grey]{none}[/]");
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        for (var i = 0; i < columns.Length; i++)
        {
            var isNumber = _rows.TrueForAll(row => row[i] is null or long or int or double or decimal);
            table.AddColumn(new TableColumn(new Markup($"[bold]{Markup.Escape(columns[i])}[/]")) { Alignment = isNumber ? Justify.Right : Justify.Left });
        }

        foreach (var row in _rows)
        {
            table.AddRow(row.Select(value => value is long number
                ? new Text(number.ToString("N0", CultureInfo.InvariantCulture), new Style(Color.Yellow))
                : new Text(ValueText.OnLine(value), value is DateTimeOffset ? new Style(Color.Grey) : Style.Plain)));
        }

        terminal.Rich.Write(table);
    }
}
