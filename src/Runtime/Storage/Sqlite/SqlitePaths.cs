using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Sqlite.Storage.Internal;

namespace Typed.Storage.Sqlite;

/// <summary>
/// How EF writes the names of JSON members. It quotes all but ASCII letters and digits, which in a path is right; after <c>-&gt;&gt;</c> alone SQLite takes
/// the quotes for part of the name, and finds nothing in <c>body -&gt;&gt; '"user_name"'</c>. Most names need no quotes in either place.
/// </summary>
#pragma warning disable CA1812 // EF Core makes it.
#pragma warning disable EF1001 // EF has no public one to derive from that quotes as SQLite does.
internal sealed class SqlitePaths(RelationalSqlGenerationHelperDependencies dependencies) : SqliteSqlGenerationHelper(dependencies)
#pragma warning restore EF1001, CA1812
{
    public override string DelimitJsonPathElement(string pathElement) => IsPlain(pathElement) ? pathElement : base.DelimitJsonPathElement(pathElement);

    /// <summary>Whether the name needs no quotes.</summary>
    public static bool IsPlain(string name) => name.All(unit => char.IsLetterOrDigit(unit) || unit is '_' or '-');
}
