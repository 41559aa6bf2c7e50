using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Typed.Hosting;

namespace Typed;

/// <summary>What is stored of requests.</summary>
public sealed class TypedRequestOptions
{
    private static readonly ConfigurationBinding<TypedRequestOptions> s_binding = new("the recorder of requests", new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(Events)] = static (o, text) => o.Events = ConfigurationText.Truth(text),
    });

    private readonly List<PathString> _excluded = [];

    /// <summary>Whether each request is an event too (<c>RequestEvent</c>), beside its point of the series. Default: false.</summary>
    public bool Events { get; set; }

    /// <summary>The key of the store, where it has one. Default: null.</summary>
    public string? StoreKey { get; set; }

    /// <summary>
    /// Leaves requests out by their path. Endpoints without metrics (<c>DisableHttpMetrics()</c>) are left out anyway.
    /// </summary>
    /// <param name="paths">Paths, such as <c>/health</c>: each stands for itself and all below it, whatever the case.</param>
    /// <exception cref="ArgumentException">A path does not begin with a slash.</exception>
    public TypedRequestOptions Exclude(params string[] paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        foreach (var path in paths)
        {
            _excluded.Add(path?.TrimEnd('/') is ['/', _, ..] trimmed
                ? new PathString(trimmed)
                : throw new ArgumentException($"'{path}' is no path of requests to leave out: write it as in \"/health\".", nameof(paths)));
        }

        return this;
    }

    /// <summary>Reads options from the application's configuration, where they are called as here, and <c>Exclude</c> is a list.</summary>
    /// <param name="section">The section; one that is not there changes nothing.</param>
    /// <exception cref="InvalidOperationException">A name is no option, or a value does not fit it.</exception>
    public TypedRequestOptions Bind(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        s_binding.Bind(this, section, (nameof(Exclude), static (o, paths) => o.Exclude(paths)));
        return this;
    }

    internal bool Excludes(PathString path)
    {
        foreach (var excluded in _excluded)
        {
            if (path.StartsWithSegments(excluded, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
