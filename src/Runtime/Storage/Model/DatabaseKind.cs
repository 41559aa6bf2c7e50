namespace Typed.Storage.Model;

internal enum DatabaseKind
{
    Sqlite,
    Postgres,
}
