using Microsoft.EntityFrameworkCore;
using Typed.Schema;
using Typed.Storage.Model;

namespace Typed;

/// <summary>Puts declared types into an application's own model.</summary>
public static class ModelBuilderExtensions
{
    /// <summary>
    /// Maps declared types into the model, so that the application's migrations own their tables and <c>X.In(dbContext)</c> and LINQ work in its context. Call
    /// it in <c>OnModelCreating</c>, after <c>HasDefaultSchema</c>. The tables get their layout as a comment, so that migrations show a changed interval,
    /// whose old and new buckets nothing else would keep apart, and so that the first use in a database refuses one.
    /// </summary>
    /// <param name="modelBuilder">The model.</param>
    /// <param name="modules">
    /// The modules to map, with those they reference. Default: every module in use; modules on request (<c>TelemetryModules.Meters</c>) are added to these.
    /// </param>
    /// <exception cref="NotSupportedException">The context uses neither PostgreSQL nor SQLite.</exception>
    /// <exception cref="InvalidOperationException">
    /// No declared type is in use, two of them would share a table, or the provider's engine is missing.
    /// </exception>
    public static ModelBuilder AddTyped(this ModelBuilder modelBuilder, params DeclarationModule[] modules)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        ArgumentNullException.ThrowIfNull(modules);
        var chosen = DeclarationModule.Choose(modules);
        var declarations = new DeclarationSet(chosen.SelectMany(m => m.Declarations));
        if (declarations.All.Count == 0)
        {
            throw NoDeclarations.Error(chosen, "modelBuilder.AddTyped(Shop.TypedModule.Instance)");
        }

        ModelMapping.MapOwn(modelBuilder, declarations, EngineRegistry.Find(modelBuilder.Model));
        return modelBuilder;
    }
}
