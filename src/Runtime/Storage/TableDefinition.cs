namespace Typed.Storage;

/// <summary>
/// A table as declarations have it, whatever the database. The EF model is mapped from it, a store creates the table from it, and the statements take their
/// names from it.
/// </summary>
/// <param name="Entity">What stands for the table in an EF model, and its name where no naming convention makes another one.</param>
/// <param name="Columns">The columns, in order.</param>
/// <param name="Key">The members of the primary key.</param>
internal sealed record TableDefinition(string Entity, IReadOnlyList<TableColumn> Columns, IReadOnlyList<string> Key)
{
    public string Name { get; init; } = Entity;

    /// <summary>The schema; null: the one that the connection uses.</summary>
    public string? Schema { get; init; }

    /// <summary>Whether an EF model names it: an application's migrations may rename the table, and its options the schema.</summary>
    public bool IsOfModel { get; init; }

    /// <summary>The indexes beside the primary key.</summary>
    public IReadOnlyList<TableIndex> Indexes { get; init; } = [];

    /// <summary>Whether a row is a bucket, or a part of one, that is updated again and again.</summary>
    public bool HoldsBuckets { get; init; }

    /// <summary>The name of the primary key, where something made another one than the default.</summary>
    public string? KeyName { get; init; }

    /// <summary>The name of a member's column; null where the table has no such member.</summary>
    public string? Find(string member) => Columns.FirstOrDefault(column => string.Equals(column.Member, member, StringComparison.Ordinal))?.Name;

    /// <summary>The column of a member.</summary>
    public TableColumn this[string member] => Columns.First(column => string.Equals(column.Member, member, StringComparison.Ordinal));
}

/// <summary>An index beside the primary key.</summary>
/// <param name="Members">The members, in order.</param>
/// <param name="IsUnique">Whether it tells rows apart.</param>
internal sealed record TableIndex(IReadOnlyList<string> Members, bool IsUnique = false)
{
    /// <summary>The name, where something made another one than the default.</summary>
    public string? Name { get; init; }

    /// <summary>Which rows it holds, as a condition in SQL; null: all.</summary>
    public string? Filter { get; init; }
}

/// <summary>A column of a table.</summary>
/// <param name="Definition">The member that it holds, and how.</param>
/// <param name="Name">The bare name.</param>
internal sealed record TableColumn(ColumnDefinition Definition, string Name)
{
    public string Member => Definition.Member;

    /// <summary>Whether the database numbers the rows here.</summary>
    public bool IsNumbered { get; init; }

    /// <summary>The column's type, where its kind does not say it.</summary>
    public string? Type { get; init; }

    /// <summary>What a row holds that gives no value, as SQL; null: every row gives one.</summary>
    public string? Default { get; init; }
}
