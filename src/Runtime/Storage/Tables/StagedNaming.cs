namespace Typed.Storage.Tables;

/// <summary>The names of tables that are made anew beside those that something names.</summary>
internal sealed class StagedNaming(TableNaming naming) : TableNaming
{
    public override TableDefinition Name(TableDefinition table, Type rows, Type declared) => RebuildTables.Staged(naming.Name(table, rows, declared));
}
