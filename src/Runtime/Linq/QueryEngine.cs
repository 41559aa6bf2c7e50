using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Typed.Storage;

namespace Typed.Linq;

/// <summary>The part of an engine that translates LINQ.</summary>
internal abstract class QueryEngine
{
    public abstract ValueForms Forms { get; }

    /// <summary>The converters of values in JSON.</summary>
    public abstract BodyConverters Converters { get; }

    /// <summary>The converter of columns of UUIDs; null where the provider stores them as the statements do.</summary>
    public virtual ValueConverter? GuidColumns => null;

    /// <summary>Whether the database adds durations to times, and subtracts times.</summary>
    public virtual bool AddsTimes => false;

    /// <summary>What generates the SQL of migrations; null: the provider's own.</summary>
    public virtual Type? MigrationsGenerator => null;

    /// <summary>How a list in JSON is searched for an element of a type.</summary>
    public abstract ListSearch SearchOf(Type element);

    /// <summary>Adds the engine's interceptors to the options of a context, and replaces services.</summary>
    public virtual void Configure(DbContextOptionsBuilder options)
    {
    }

    /// <summary>Adds the engine's plugins to EF's services.</summary>
    public abstract void AddServices(EntityFrameworkRelationalServicesBuilder services);

    /// <summary>Readies the connection of a context for a query that runs at some later time.</summary>
    public virtual void Prepare(DbContext context)
    {
    }
}

/// <summary>An engine that supports LINQ.</summary>
internal interface IQueryableEngine
{
    QueryEngine Queries { get; }
}
