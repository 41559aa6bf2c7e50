using Typed.Schema;
using Typed.Storage.Tables;

namespace Typed.Storage.Statements;

/// <summary>
/// A table that a trigger fills with the events that are put into a stream, in the transactions that put them. Each of them is new, then taken, then done.
/// Pages of events take the parameters that pages of a stream take.
/// </summary>
internal sealed class InsertLog
{
    public InsertLog(StreamTable stream, string series, Dialect dialect)
    {
        var table = RebuildTables.Log(stream.Schema, stream.Name, series);
        var log = dialect.Table(table.Schema, table.Name);
        var (space, id, state) = (Name(StreamColumns.Namespace), Name(StreamColumns.Id), Name(RebuildTables.State));
        Create = [.. dialect.Create(table), .. dialect.LogInserts(stream.Sql, log, Quoting.Name(table.Name), [space, id])];
        Drop = [.. dialect.EndLog(stream.Sql, log, Quoting.Name(table.Name)), $"DROP TABLE IF EXISTS {log}"];
        var page = $"{dialect.Parameter(2)} AND {dialect.Parameter(3)}";
        Others = new(
            $"SELECT e.{id}, e.{stream.Body} FROM {stream.Sql} AS e WHERE e.{space} = {dialect.Parameter(1)} AND e.{id} BETWEEN {page} "
            + $"AND NOT EXISTS (SELECT 1 FROM {log} AS l WHERE l.{space} = e.{space} AND l.{id} = e.{id}) ORDER BY e.{id}{dialect.Limit(4)}");
        var taken = $"(SELECT * FROM {log} WHERE {state} = 1 AND {space} = {dialect.Parameter(1)} AND {id} BETWEEN {page}) AS l";
        var one = dialect.EachKey(taken, stream.Sql, $"t.{space} = l.{space} AND t.{id} = l.{id}");
        Taken = new($"SELECT t.{id}, t.{stream.Body} FROM {one} ORDER BY l.{id}{dialect.Limit(4)}");
        TakenNamespaces = new($"SELECT DISTINCT {space} FROM {log} WHERE {state} = 1 ORDER BY {space}");
        Take = new($"UPDATE {log} SET {state} = 1 WHERE {state} = 0");
        Finish = new($"UPDATE {log} SET {state} = 2 WHERE {state} = 1");

        string Name(string member) => Quoting.Name(table[member].Name);
    }

    /// <summary>The statements that begin it, in one transaction.</summary>
    public IReadOnlyList<string> Create { get; }

    /// <summary>The statements that end it, in one transaction, as far as it exists.</summary>
    public IReadOnlyList<string> Drop { get; }

    /// <summary>A page of the events that are not in it: those that were there before.</summary>
    public Sql Others { get; }

    /// <summary>A page of the events that are taken.</summary>
    public Sql Taken { get; }

    /// <summary>The namespaces of the events that are taken.</summary>
    public Sql TakenNamespaces { get; }

    /// <summary>Takes the new events. Changes the same however often it is run before <see cref="Finish"/>.</summary>
    public Sql Take { get; }

    /// <summary>Says that those that are taken are done.</summary>
    public Sql Finish { get; }
}
