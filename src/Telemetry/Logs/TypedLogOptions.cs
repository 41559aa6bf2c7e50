using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Typed.Hosting;

namespace Typed;

/// <summary>Which log records are stored, and how much of each.</summary>
public sealed class TypedLogOptions
{
    private static readonly ConfigurationBinding<TypedLogOptions> s_binding = new("the recorder of logs", new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(MinimumLevel)] = static (o, text) => o.MinimumLevel = ConfigurationText.Word<LogLevel>(text, nameof(MinimumLevel)),
        [nameof(MostCharacters)] = static (o, text) => o.MostCharacters = ConfigurationText.Number(text),
        [nameof(Scopes)] = static (o, text) => o.Scopes = ConfigurationText.Truth(text),
    });

    private readonly List<string> _excluded = [];

    /// <summary>The least level that is stored; the filters of the application's logging come before it. Default: <see cref="LogLevel.Information"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not one of the enum's values.</exception>
    public LogLevel MinimumLevel
    {
        get;
        set => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MinimumLevel is one of the named levels.");
    }
    = LogLevel.Information;

    /// <summary>Whether the scopes around a record are stored with it. Default: true.</summary>
    public bool Scopes { get; set; } = true;

    /// <summary>
    /// The most characters of a message and of an exception; what is longer is cut. Values of a message and of scopes are cut to an eighth of it. From 80 to
    /// 100 000. Default: 8 000.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 80, or more than 100 000.</exception>
    public int MostCharacters
    {
        get;
        set => field = value is >= 80 and <= 100_000
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "MostCharacters is 80 to 100000.");
    }
    = 8_000;

    /// <summary>The key of the store, where it has one. Default: null.</summary>
    public string? StoreKey { get; set; }

    /// <summary>
    /// Leaves categories out, and all below them. Those of the store itself (<c>Typed</c>) and of the driver that it writes with (<c>Npgsql</c>) are left out
    /// always: each record would make others.
    /// </summary>
    /// <param name="categories">Categories, such as <c>Microsoft.EntityFrameworkCore</c>.</param>
    /// <exception cref="ArgumentException">A category is empty.</exception>
    public TypedLogOptions Exclude(params string[] categories)
    {
        ArgumentNullException.ThrowIfNull(categories);
        foreach (var category in categories)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(category, nameof(categories));
            _excluded.Add(category);
        }

        return this;
    }

    /// <summary>Reads options from the application's configuration, where they are called as here, and <c>Exclude</c> is a list.</summary>
    /// <param name="section">The section; one that is not there changes nothing.</param>
    /// <exception cref="InvalidOperationException">A name is no option, or a value does not fit it.</exception>
    public TypedLogOptions Bind(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        s_binding.Bind(this, section, (nameof(Exclude), static (o, categories) => o.Exclude(categories)));
        return this;
    }

    internal bool Includes(string category) => !IsIn(category, "Typed") && !IsIn(category, "Npgsql") && !_excluded.Exists(excluded => IsIn(category, excluded));

    private static bool IsIn(string category, string parent) =>
        category.StartsWith(parent, StringComparison.Ordinal) && (category.Length == parent.Length || category[parent.Length] == '.');
}
