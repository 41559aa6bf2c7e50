namespace Typed.Storage;

/// <summary>The table of a stream that is followed, as quoted names.</summary>
/// <param name="Sql">The table, with its schema.</param>
/// <param name="Name">Its bare name, not quoted.</param>
/// <param name="Namespace">The column of the namespace.</param>
/// <param name="Id">The column of the id.</param>
/// <param name="Body">The column of the body.</param>
/// <param name="Order">The column of the commit order.</param>
internal sealed record FollowedTable(string Sql, string Name, string Namespace, string Id, string Body, string Order)
{
    /// <summary>The bare name of its schema; null: the one that the connection uses.</summary>
    public string? Schema { get; init; }

    /// <summary>Whether an EF model names it.</summary>
    public bool IsOfModel { get; init; }
}

/// <summary>The table that says which history of commits the orders of followed tables belong to, as quoted names.</summary>
/// <param name="Sql">The table, with its schema.</param>
/// <param name="Place">The key: 1 or 2.</param>
/// <param name="Epoch">The number of the history.</param>
/// <param name="Transaction">The transaction that wrote the row.</param>
internal sealed record EpochTable(string Sql, string Place, string Epoch, string Transaction);
