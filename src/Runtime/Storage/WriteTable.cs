namespace Typed.Storage;

/// <summary>
/// Describes a table that rows are written into, without SQL: each engine makes its own statement for it. One object per table and model, so that engines find
/// what they prepared by reference.
/// </summary>
/// <param name="schema">The schema, where the model has one.</param>
/// <param name="name">The bare name.</param>
/// <param name="columns">The columns, in the order in which rows give their values.</param>
/// <param name="conflict">What happens to a row whose key exists already.</param>
internal sealed class WriteTable(string? schema, string name, IReadOnlyList<WriteColumn> columns, WriteConflict conflict)
{
    public string? Schema => schema;

    public string Name => name;

    public IReadOnlyList<WriteColumn> Columns => columns;

    public WriteConflict Conflict => conflict;

    /// <summary>The names of the columns that tell rows apart; none where the database numbers the rows.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>
    /// The column that <see cref="WriteConflict.AddTotal"/> adds up, by which <see cref="WriteConflict.KeepLatest"/> compares, or which
    /// <see cref="WriteConflict.Same"/> compares.
    /// </summary>
    public WriteColumn? Deciding { get; init; }

    /// <summary>The columns that <see cref="WriteConflict.AddSummary"/> adds to.</summary>
    public SummaryColumns? Summary { get; init; }

    /// <summary>The column that counts commits, which the database fills; null where there is none.</summary>
    public string? CommitOrder { get; init; }

    /// <summary>Whether an EF model names it.</summary>
    public bool IsOfModel { get; init; }
}

/// <summary>A column that rows are written into.</summary>
/// <param name="Name">The bare name.</param>
/// <param name="Kind">How its values are stored.</param>
/// <param name="IsShared">Whether all rows of a write have one value there.</param>
internal sealed record WriteColumn(string Name, ColumnKind Kind, bool IsShared = false);

/// <summary>What happens to a row whose key exists in the table already.</summary>
internal enum WriteConflict
{
    /// <summary>No row conflicts: every row is new, and stored in the order given.</summary>
    Append,

    /// <summary>The stored row stays.</summary>
    Ignore,

    /// <summary>The stored row stays, and an error where it holds another value; the rows are told which of them were stored.</summary>
    Same,

    /// <summary>The total is added to the stored one; an error where the sum leaves its type.</summary>
    AddTotal,

    /// <summary>The summary is added to the stored one; an error where a sum leaves its type.</summary>
    AddSummary,

    /// <summary>The row replaces the stored one, unless the stored one is later.</summary>
    KeepLatest,
}

/// <summary>How a SQL engine writes into a table.</summary>
/// <param name="Insert">The insert or upsert: of columns as arrays, or of one row.</param>
/// <param name="InsertOne">The same of one row, where the engine has a faster statement for it; else the insert.</param>
/// <param name="InsertBlock">The same of <see cref="Dialect.BlockRows"/> rows, one after the other; null where the engine has none.</param>
/// <param name="BulkInsert">The bulk load for rows that are certainly new; null where the engine has none.</param>
/// <param name="Given">What <see cref="WriteConflict.Same"/> needs; null of other tables.</param>
/// <param name="Commit">What tells followers of rows that a store writes; null of other tables.</param>
internal sealed record WriteStatements(Sql Insert, Sql InsertOne, Sql? InsertBlock, Sql? BulkInsert, GivenStatements? Given, CommitStatements? Commit);

/// <summary>How a store's flush lists what it commits to a table that is followed, so that no index has to hold each row.</summary>
/// <param name="Before">Run before the rows are written: statements, or the bulk load of rows that are to be listed.</param>
/// <param name="After">Run after them: statements that take their part of the table, or the bulk load of the lists.</param>
internal sealed record CommitStatements(IReadOnlyList<Sql> Before, IReadOnlyList<Sql> After);

/// <summary>How an engine finds out about rows whose keys were given.</summary>
/// <param name="Compare">Compares them with the stored ones; takes what the insert takes.</param>
/// <param name="CompareOne">The same of one row, where the engine has another statement for it.</param>
/// <param name="Recall">Gives the keys of those that one transaction stored; null where the engine needs none.</param>
internal sealed record GivenStatements(Sql Compare, Sql CompareOne, Sql? Recall);
