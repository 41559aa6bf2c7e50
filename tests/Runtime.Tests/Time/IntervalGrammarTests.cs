using System.Globalization;
using FsCheck.Fluent;
using Typed.Time;
using static Typed.Runtime.Tests.Time.Times;

namespace Typed.Runtime.Tests.Time;

public class IntervalGrammarTests
{
    /// <summary>The underlined characters stand between the brackets.</summary>
    [Theory]
    [InlineData("day: [Daily]", "'Daily' is written 'daily'.")]
    [InlineData("day: [60]", "'60' has no unit; write 60s for seconds, 60m for minutes, 60h, 60d or 60w.")]
    [InlineData("day: [1y]", "'1y' is no step: months and years have no suffix; write monthly, yearly, or days as in 30d.")]
    [InlineData("day: [M]", "'M' is no step; a step is a width (30s, 5m, 1h, 7d, 2w) or one of daily, weekly, monthly, yearly.")]
    [InlineData("day: [1h30m]", "'1h30m' is no step; a step is a width (30s, 5m, 1h, 7d, 2w) or one of daily, weekly, monthly, yearly.")]
    [InlineData("day: [0s]", "The width '0s' is empty; it is at least one second.")]
    [InlineData("day: [36526d]", "The width '36526d' is longer than 36525 days.")]
    [InlineData("day: [99999999999999999999999999w]", "The width '99999999999999999999999999w' is longer than 36525 days.")]
    [InlineData("day: 1m by [1h]", "The resolution '1h' is coarser than the step '1m'; a slot is at most as long as its bucket.")]
    [InlineData("day: 1m keep [x]", "'x' is no number of buckets; write a whole number, as in 'keep 120'.")]
    [InlineData("day: 1m keep [0]", "'keep' counts the current bucket and is at least 1.")]
    [InlineData("day: 1m keep [2147483648]", "'keep 2147483648' is more than 2147483647 buckets; leave it out to keep them for ever.")]
    [InlineData("day: 1m [keep]", "'keep' needs a number, as in 'keep 120'.")]
    [InlineData("day: 1m [by] keep 3", "'by' needs a resolution, as in 'by 1m'.")]
    [InlineData("day: daily [in]", "'in' needs a zone, as in 'in Europe/Paris'.")]
    [InlineData("day: 1m keep 3 [keep  4]", "'keep' is there twice.")]
    [InlineData("day: daily in UTC [by 1h]", "'by' is in the wrong place; the order is 'by RESOLUTION', 'keep N', 'in ZONE'.")]
    [InlineData("day: 1m [every] day", "'every' is out of place; after the step come 'by RESOLUTION', 'keep N', 'in ZONE'.")]
    [InlineData("day: daily in [Europe/paris]", "'Europe/paris' is no IANA time zone; did you mean Europe/Paris? Ids are matched with their case.")]
    [InlineData("day: daily in [Europe/Pariss]", "'Europe/Pariss' is no IANA time zone; did you mean Europe/Paris? Ids are matched with their case.")]
    [InlineData("day: daily in [Lodnon]", "'Lodnon' is no IANA time zone, as in 'in Europe/Paris'; ids are matched with their case.")]
    [InlineData("day: daily in [Londn]", "'Londn' is no IANA time zone; did you mean Europe/London? Ids are matched with their case.")]
    [InlineData("day: daily in [America/New-York]", "'America/New-York' is no IANA time zone; did you mean America/New_York? Ids are matched with their case.")]
    [InlineData("day: 1d [in Europe/Paris]", "'in Europe/Paris' needs a calendar word (daily, weekly, monthly, yearly); fixed widths have no zone.")]
    [InlineData("  [my day] : 1d", "'my day' is no C# identifier; the name becomes a member.")]
    [InlineData("[:] 1d", "The name before the colon is missing, as in 'minute: 1m'.")]
    [InlineData(" [day:] ", "The step is missing, as in 'minute: 1m' or 'day: daily'.")]
    [InlineData(" [1d] ", "An interval needs a name and a step, as in 'minute: 1m'.")]
    [InlineData("[]", "An interval needs a name and a step, as in 'minute: 1m'.")]
    public void An_error_says_what_is_wrong_and_where(string marked, string message)
    {
        var start = marked.IndexOf('[', StringComparison.Ordinal);
        var end = marked.IndexOf(']', StringComparison.Ordinal) - 1;
        var text = marked.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

        Assert.False(IntervalGrammar.TryParse(text, out _, out var error));
        Assert.Equal(message, error.Message);
        Assert.Equal((start, end - start), (error.Start, error.Length));
        var thrown = Assert.Throws<ArgumentException>(() => Interval.Parse(text)).Message;
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{message} (Interval '{text}', characters {start} to {end}.)"), thrown, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_error_of_every_text_is_reported_in_order()
    {
        var right = IntervalGrammar.TryParseAll(["a: 1m", "1b: 5x keep 0 in Nowhere", "A: 1h", "c: daily by weekly", "d: 1h"], out var specs, out var errors);

        Assert.False(right);
        Assert.Equal(["a: 1m", "d: 1h"], specs.Select(static spec => spec.ToString()), StringComparer.Ordinal);
        Assert.Equal(
            [
                (1, 0, IntervalErrorKind.Name), (1, 4, IntervalErrorKind.Step), (1, 12, IntervalErrorKind.Keep), (1, 17, IntervalErrorKind.Zone),
                (2, 0, IntervalErrorKind.DuplicateName), (3, 12, IntervalErrorKind.Coarser),
            ],
            errors.Select(static error => (error.Index, error.Start, error.Kind)));
    }

    [Fact]
    public void A_name_is_taken_even_where_its_text_is_wrong()
    {
        Assert.False(IntervalGrammar.TryParseAll(["day: 5x", "Day: 1d", "dAY: 1h"], out var specs, out var errors));
        Assert.Empty(specs);
        Assert.Equal([(0, IntervalErrorKind.Step), (1, IntervalErrorKind.DuplicateName), (2, IntervalErrorKind.DuplicateName)], errors.Select(static error => (error.Index, error.Kind)));
    }

    [Theory]
    [InlineData("minute: 60s by 1m keep 007", "minute: 1m keep 7", "1m")]
    [InlineData("day:daily by 3600s in UTC", "day: daily by 1h", "daily by 1h")]
    [InlineData("w : 7d\tby 1440m", "w: 1w by 1d", "1w by 1d")]
    [InlineData("d: daily by 1d keep 2 in Europe/Paris", "d: daily by 1d keep 2 in Europe/Paris", "daily by 1d in Europe/Paris")]
    [InlineData("x: 90s", "x: 90s", "90s")]
    [InlineData("y: 400d by yearly", "y: 400d by yearly", "400d by yearly")]
    [InlineData("class: 1h\u00A0", "class: 1h", "1h")]
    public void Canonical_words(string text, string canonical, string layout)
    {
        Assert.True(IntervalGrammar.TryParse(text, out var spec, out _));
        Assert.Equal(canonical, spec.ToString());
        Assert.Equal(layout, spec.Layout);
    }

    [Fact]
    public void Canonical_words_lead_back_to_the_interval()
    {
        var steps = Gen.OneOf(
            from word in Gen.Elements(CalendarWord.Daily, CalendarWord.Weekly, CalendarWord.Monthly, CalendarWord.Yearly) select new StepSpec(0, word),
            from unit in Gen.Elements(1, 60, 3_600, 86_400, 604_800) from n in Gen.Choose(1, 5_000) select new StepSpec((long)unit * n, CalendarWord.None));
        var specs = from step in steps from resolution in steps from keep in Gen.Choose(0, int.MaxValue) from zone in Gen.Elements("UTC", "Asia/Kolkata", "America/Argentina/Ushuaia")
                    let finer = resolution.NominalSeconds <= step.NominalSeconds ? resolution : step
                    select new IntervalSpec("x", step, finer, keep == 0 ? null : keep, step.IsCalendar || finer.IsCalendar ? zone : null);
        ForAll(specs, static spec =>
        {
            Assert.True(IntervalGrammar.TryParse(spec.ToString(), out var parsed, out _));
            Assert.Equal(spec, parsed);
        });
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("sv-SE")]
    [InlineData("ar-SA")]
    public void The_culture_of_the_machine_does_not_matter(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal("MINUTE: 90m by 30s keep 1234567 ", IntervalText("MINUTE: 90m by 30s keep 1234567") + " ");
            Assert.Equal("DAILY' is written 'daily'.", Error("x: DAILY").TrimStart('\''));
            Assert.Contains("-62135596800000001 µs", Assert.Throws<ArgumentOutOfRangeException>(() => Instant.ToDateTimeOffset(Instant.Min - 1)).Message, StringComparison.Ordinal);
            Assert.Contains("bucket, not -5.", Assert.Throws<ArgumentException>(() => Ranges.Last(Interval.Parse("x: 1m"), -5, 0)).Message, StringComparison.Ordinal);
            Assert.False(IntervalGrammar.TryParseAll(["tidy: 1m", "TIDY: 1h"], out _, out _));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static string IntervalText(string text) => Interval.Parse(text).ToString();

    private static string Error(string text) => IntervalGrammar.TryParse(text, out _, out var error) ? "" : error.Message;
}
