namespace Typed.Storage.Tables;

/// <summary>What tables and columns are called: as the declarations say, or as an EF model has made of that.</summary>
internal abstract class TableNaming
{
    /// <summary>The names of the declarations.</summary>
    public static TableNaming Declared { get; } = new AsDeclared();

    /// <summary>A table with its names.</summary>
    /// <param name="table">The table as it is declared.</param>
    /// <param name="rows">The type of its rows in an EF model.</param>
    /// <param name="declared">The declared type.</param>
    /// <exception cref="InvalidOperationException">The model does not map the type.</exception>
    public abstract TableDefinition Name(TableDefinition table, Type rows, Type declared);

    private sealed class AsDeclared : TableNaming
    {
        public override TableDefinition Name(TableDefinition table, Type rows, Type declared) => table;
    }
}
