using Microsoft.EntityFrameworkCore;
using Typed.Schema;
using Typed.Storage.Model;

namespace Typed;

/// <summary>Puts declared types into an application's own model.</summary>
public static class ModelBuilderExtensions
{
    /// <summary>
    /// Maps declared types into the model, so that the application's migrations own their tables and <c>X.In(dbContext)</c> and LINQ work in its context.
    /// Call it in <c>OnModelCreating</c>, after <c>HasDefaultSchema</c>. The tables of series get their layout as a comment, so that migrations show a changed interval:
    /// nothing else would keep its old and new buckets apart.
    /// </summary>
    /// <param name="modelBuilder">The model.</param>
    /// <param name="modules">The modules to map, with those they reference. Default: every module in use.</param>
    /// <exception cref="NotSupportedException">The context uses neither PostgreSQL nor SQLite.</exception>
    /// <exception cref="InvalidOperationException">Two declared types would share a table.</exception>
    public static ModelBuilder AddTyped(this ModelBuilder modelBuilder, params DeclarationModule[] modules)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        ArgumentNullException.ThrowIfNull(modules);
        var chosen = modules.Length > 0 ? modules.SelectMany(m => m.WithReferences()) : DeclarationModule.Registered;
        ModelMapping.MapOwn(modelBuilder, new DeclarationSet(chosen.SelectMany(m => m.Declarations)), ProviderOf(modelBuilder));
        return modelBuilder;
    }

    /// <summary>A model under construction does not name its provider, but the providers that choose how values are generated have said so by now.</summary>
    private static DatabaseKind ProviderOf(ModelBuilder modelBuilder)
    {
        const string Strategy = ":ValueGenerationStrategy";
        if (modelBuilder.Model.FindAnnotation($"Npgsql{Strategy}") is not null)
        {
            return DatabaseKind.Postgres;
        }

        return modelBuilder.Model.GetAnnotations().FirstOrDefault(a => a.Name.EndsWith(Strategy, StringComparison.Ordinal)) is { } other
            ? Dialects.KindOf(other.Name[..^Strategy.Length])
            : DatabaseKind.Sqlite;
    }
}
