using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Typed.Linq;
using Typed.Schema;

namespace Typed.Hosting;

/// <summary>The EF contexts of a store, and whether something in its options has a say in their model.</summary>
internal sealed class StoreContexts
{
    private readonly TypedOptionsBuilder _builder;
    private readonly DeclarationSet _declarations;
    private readonly Lock _completing = new();
    private DbContextOptions? _options;

    public StoreContexts(TypedOptionsBuilder builder, DeclarationSet declarations)
    {
        (_builder, _declarations) = (builder, declarations);
        var core = builder.Options.FindExtension<CoreOptionsExtension>();
        HaveConventions = builder.Options.Extensions.Any(IsForeign)
            || core is { ReplacedServices.Count: > 0 } or { Model: not null } or { InternalServiceProvider: not null };
    }

    /// <summary>Whether naming conventions, replaced services or a model of the options may give tables other names than the declarations.</summary>
    public bool HaveConventions { get; }

    /// <summary>A context on the store's database.</summary>
    [RequiresUnreferencedCode(LinqNeeds.UnreferencedCode)]
    [RequiresDynamicCode(LinqNeeds.DynamicCode)]
    public TypedDbContext Create() => new(Complete(), _declarations, _builder.TimeProvider, _builder.MaxEventBytes, _builder.IsReadOnly);

    private static bool IsForeign(IDbContextOptionsExtension extension) =>
        extension is not (CoreOptionsExtension or RelationalOptionsExtension or TypedOptionsExtension);

    private DbContextOptions Complete()
    {
        lock (_completing)
        {
            if (_options is null)
            {
                _builder.ReplaceService<IModelCacheKeyFactory, TypedDbContext.ModelKey>();
                _builder.UseTyped();
                _options = _builder.Options;
            }

            return _options;
        }
    }
}
