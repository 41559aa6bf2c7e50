using Microsoft.Extensions.Configuration;
using Typed.Hosting;

namespace Typed;

/// <summary>Which meters are stored, and how.</summary>
public sealed class TypedMeterOptions
{
    private static readonly ConfigurationBinding<TypedMeterOptions> s_binding = new("the recorder of meters", new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(Instance)] = static (o, text) => o.Instance = text.Length == 0 ? null : text,
        [nameof(Interval)] = static (o, text) => o.Interval = ConfigurationText.Duration(text),
        [nameof(MostTagSets)] = static (o, text) => o.MostTagSets = ConfigurationText.Number(text),
    });

    private readonly List<string> _names = [];

    /// <summary>
    /// How often what was measured is handed to the store, and observable instruments are asked; from 100 milliseconds to an hour. It happens at whole
    /// multiples of it, so that an interval that divides a minute keeps what was measured in the minutes of the series. What a process measured since is lost
    /// with it when it is killed. Default: 10 seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 100 milliseconds, or more than an hour.</exception>
    public TimeSpan Interval
    {
        get;
        set => field = value >= TimeSpan.FromMilliseconds(100) && value <= TimeSpan.FromHours(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Interval is at least 100 milliseconds and at most an hour.");
    }
    = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The most sets of tags that an instrument may have; what is measured beyond counts under <see cref="MeterTags.Overflow"/>. 1 to 100 000. Default: 2 000.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1, or more than 100 000.</exception>
    public int MostTagSets
    {
        get;
        set => field = value is >= 1 and <= 100_000
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "MostTagSets is 1 to 100000.");
    }
    = 2_000;

    /// <summary>
    /// What tells this process from others that measure the same, as the tag <c>service.instance.id</c> of everything. Counters of several processes add up
    /// without it; of gauges the last one written counts. Default: null.
    /// </summary>
    public string? Instance { get; set; }

    /// <summary>The key of the store, where it has one. Default: null.</summary>
    public string? StoreKey { get; set; }

    internal IReadOnlyList<string> Names => _names;

    /// <summary>Stores the meters of a name. Names are compared as they are written.</summary>
    /// <param name="names">
    /// Names, such as <c>MyApp</c>; with a <c>*</c> at the end the beginning of names, such as <c>Microsoft.AspNetCore.*</c>. The store's own meter,
    /// <c>Typed</c>, is stored only where it is named in full.
    /// </param>
    /// <exception cref="ArgumentException">A name is empty, or has a <c>*</c> that is not at its end.</exception>
    public TypedMeterOptions Add(params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (var name in names)
        {
            _names.Add(string.IsNullOrWhiteSpace(name) || name.IndexOf('*', StringComparison.Ordinal) is >= 0 and var star && star < name.Length - 1
                ? throw new ArgumentException($"'{name}' is no name of a meter: write it in full, or its beginning with a * at the end.", nameof(names))
                : name);
        }

        return this;
    }

    /// <summary>
    /// Reads options from the application's configuration, where they are called as here, and <c>Names</c> is a list.
    /// </summary>
    /// <param name="section">The section; one that is not there changes nothing.</param>
    /// <exception cref="InvalidOperationException">A name is no option, or a value does not fit it.</exception>
    public TypedMeterOptions Bind(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        s_binding.Bind(this, section, (nameof(Names), static (o, names) => o.Add(names)));
        return this;
    }

    internal bool Includes(string meter)
    {
        foreach (var name in _names)
        {
            var isMatch = name[^1] == '*'
                ? meter.StartsWith(name.AsSpan(..^1), StringComparison.Ordinal) && !string.Equals(meter, Diagnostics.Instruments.Name, StringComparison.Ordinal)
                : string.Equals(meter, name, StringComparison.Ordinal);
            if (isMatch)
            {
                return true;
            }
        }

        return false;
    }
}
