namespace Typed.Generator.Tests.Mistakes;

/// <summary>Code that writes and reads in a wrong way, and what the build says of it.</summary>
internal sealed class UsageMistakes : TheoryData<string, string>
{
    public UsageMistakes()
    {
        Add(
            """_ = Hit.In(store).Hour.Last(3);""",
            "TYP3006: 'SeriesHints.Last<TKey, TRead, TStats>(KeyedInterval<TKey, TRead, TStats>, int?)' is obsolete: 'Say which keys first, as in Hour.For(\"/home\").Last(3); several are For([\"/home\", \"/cart\"]).'");
        Add(
            """await foreach (var hour in Hit.In(store).Hour) { _ = hour; }""",
            "TYP3006: 'SeriesHints.GetAsyncEnumerator<TKey, TRead, TStats>(KeyedInterval<TKey, TRead, TStats>, CancellationToken)' is obsolete: 'Say which keys first, as in Hour.For(\"/home\").Last(3); several are For([\"/home\", \"/cart\"]).'");
        Add(
            """await foreach (var hour in Hit.In(store).Hour.For("/")) { _ = hour; }""",
            "TYP3007: 'SeriesHints.GetAsyncEnumerator<TRead, TStats>(BucketSelection<TRead, TStats>, CancellationToken)' is obsolete: 'Say which buckets, as in For(\"/home\").Last(30); Last() takes all that are kept, and All() goes from the first to the last.'");
        Add(
            """await foreach (var hour in Heat.In(store).Hour) { _ = hour; }""",
            "TYP3007: 'SeriesHints.GetAsyncEnumerator<TRead, TStats>(BucketSelection<TRead, TStats>, CancellationToken)' is obsolete: 'Say which buckets, as in For(\"/home\").Last(30); Last() takes all that are kept, and All() goes from the first to the last.'");
        Add(
            """_ = await Hit.In(store).Hour.For("/").CollapseAsync();""",
            "TYP3007: 'SeriesHints.CollapseAsync<TRead, TStats>(BucketSelection<TRead, TStats>, CancellationToken)' is obsolete: 'Say which buckets, as in For(\"/home\").Last(30); Last() takes all that are kept, and All() goes from the first to the last.'");
        Add(
            """_ = Hit.In(store).Hour.Between(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow);""",
            "TYP3006: 'SeriesHints.Between<TKey, TRead, TStats>(KeyedInterval<TKey, TRead, TStats>, DateTimeOffset, DateTimeOffset)' is obsolete: 'Say which keys first, as in Hour.For(\"/home\").Last(3); several are For([\"/home\", \"/cart\"]).'");
        Add(
            """await foreach (var hour in Hit.In(store).Hour.For("/").Last(3)) { Console.WriteLine(hour.Value.Percentile(95)); }""",
            "CS1061: 'long' does not contain a definition for 'Percentile' and no accessible extension method 'Percentile' accepting a first argument of type 'long' could be found (are you missing a using directive or an assembly reference?)\nTYP3004: Percentile needs every value, and a bucket of this series holds a total: declare it with Type = Histogram, whose buckets answer Percentile");
        Add(
            """await foreach (var hour in Heat.In(store).Hour.Last(3)) { Console.WriteLine(hour.Value.Percentile(95)); }""",
            "CS1061: 'double?' does not contain a definition for 'Percentile' and no accessible extension method 'Percentile' accepting a first argument of type 'double?' could be found (are you missing a using directive or an assembly reference?)\nTYP3004: Percentile needs every value, and a bucket of this series holds the latest value alone: declare it with Type = Histogram, whose buckets answer Percentile");
        Add(
            """await foreach (var hour in Latency.In(store).Hour.For("/").Last(3)) { Console.WriteLine(hour.Value.Percentile(0.95)); }""",
            "TYP3002: Percentile takes 0 to 100, and 0.95 is nearly the smallest value: write 95");
        Add(
            """await foreach (var hour in Latency.In(store).Hour.For("/").Last(3)) { Console.WriteLine(hour.Value.Percentile(95)); }""",
            "");
        Add(
            """_ = Hit.In(store).Hour.AsQueryable().Where(row => row.Path == "/");""",
            "TYP3008: 'SeriesHints.AsQueryable<TKey, TRead, TStats>(KeyedInterval<TKey, TRead, TStats>)' is obsolete: 'LINQ wants a context: Hit.In(db).Hour.AsQueryable() of a DbContext of your own, or of store.CreateDbContext().'\nCS1061: 'long' does not contain a definition for 'Path' and no accessible extension method 'Path' accepting a first argument of type 'long' could be found (are you missing a using directive or an assembly reference?)");
        Add(
            """_ = Heat.In(store).Hour.AsQueryable();""",
            "TYP3008: 'SeriesHints.AsQueryable<TRead, TStats>(BucketSelection<TRead, TStats>)' is obsolete: 'LINQ wants a context: Hit.In(db).Hour.AsQueryable() of a DbContext of your own, or of store.CreateDbContext().'");
        Add(
            """_ = PageView.In(store).AsQueryable();""",
            "TYP3008: 'StreamHints.AsQueryable<TBody>(EventRange<TBody>)' is obsolete: 'LINQ wants a context: PageView.In(db).AsQueryable() of a DbContext of your own, or of store.CreateDbContext().'");
        Add(
            """_ = Hit.In(store).Minute.For("/");""",
            "CS1061: 'Hit.Handle' does not contain a definition for 'Minute' and no accessible extension method 'Minute' accepting a first argument of type 'Hit.Handle' could be found (are you missing a using directive or an assembly reference?)\nTYP3005: 'Hit' has no 'Minute': its intervals are Hour, Day; add another one to the Intervals of [TimeSeries], as in \"minute: 1m keep 240\"");
        Add(
            """_ = Hit.In(store).For("/").Last(3);""",
            "CS1061: 'Hit.Handle' does not contain a definition for 'For' and no accessible extension method 'For' accepting a first argument of type 'Hit.Handle' could be found (are you missing a using directive or an assembly reference?)\nTYP3005: 'Hit' has no 'For': name an interval first, as in Hour.For; its intervals are Hour, Day");
        Add(
            """_ = Heat.In(store).Last(3);""",
            "CS1061: 'Heat.Handle' does not contain a definition for 'Last' and no accessible extension method 'Last' accepting a first argument of type 'Heat.Handle' could be found (are you missing a using directive or an assembly reference?)\nTYP3005: 'Heat' has no 'Last': name an interval first, as in Hour.Last; its intervals are Hour");
        Add(
            """_ = Heat.In(store).Hour.For("/");""",
            "TYP3009: 'SeriesHints.For<TRead, TStats>(UnkeyedInterval<TRead, TStats>, object)' is obsolete: 'The series has no member with [SeriesKey], so there is nothing to choose: write Hour.Last(3), or mark a member.'");
        Add(
            """await Hit.In(store).InsertAsync("/", at: DateTime.Now);""",
            "TYP3001: 'at' is a DateTimeOffset, and a DateTime would count in the time zone of the machine: write DateTimeOffset.UtcNow, or new DateTimeOffset(time, TimeSpan.Zero) for a time in UTC");
        Add(
            """await Hit.In(store).InsertAsync("/", (DateTime?)null);""",
            "TYP3001: 'at' is a DateTimeOffset, and a DateTime would count in the time zone of the machine: write DateTimeOffset.UtcNow, or new DateTimeOffset(time, TimeSpan.Zero) for a time in UTC");
        Add(
            """_ = Hit.In(store).Hour.For("/").From(DateTime.Today);""",
            "TYP3001: 'start' is a DateTimeOffset, and a DateTime would count in the time zone of the machine: write DateTimeOffset.UtcNow, or new DateTimeOffset(time, TimeSpan.Zero) for a time in UTC");
        Add(
            """await PageView.In(store).PutAsync(new PageView("/"), DateTime.UtcNow);""",
            "TYP3001: 'at' is a DateTimeOffset, and a DateTime would count in the time zone of the machine: write DateTimeOffset.UtcNow, or new DateTimeOffset(time, TimeSpan.Zero) for a time in UTC");
        Add(
            """Hit.In(store).InsertAsync("/");""",
            "CS4014: Because this call is not awaited, execution of the current method continues before the call is completed. Consider applying the 'await' operator to the result of the call.\nTYP3003: 'InsertAsync' is not awaited: it may not be done when the program goes on, and nobody learns of its errors");
        Add(
            """PageView.In(store).PutAsync(new PageView("/"));""",
            "CS4014: Because this call is not awaited, execution of the current method continues before the call is completed. Consider applying the 'await' operator to the result of the call.\nTYP3003: 'PutAsync' is not awaited: it may not be done when the program goes on, and nobody learns of its errors");
        Add(
            """Action<string> hit = path => Hit.In(store).InsertAsync(path); hit("/");""",
            "TYP3003: 'InsertAsync' is not awaited: it may not be done when the program goes on, and nobody learns of its errors");
        Add(
            """_ = Hit.In(store).InsertAsync("/");""",
            "");
        Add(
            """_ = Hit.In(store).Hour.For("/").Last(30).Where(hour => hour.Value > 3);""",
            "TYP1024: 'Where' works in memory, on all buckets of the range: choose fewer (Last, Between, Take), read Stats(), or query AsQueryable() on a handle of a DbContext");
        Add(
            """_ = PageView.In(store).Where(view => view.Body.Url == "/");""",
            "TYP2016: 'Where' works in memory, on all events of the range: use the range's own methods (Between, After, Descending, Take, CountAsync), or query AsQueryable() on a handle of a DbContext");
        Add(
            """await Latency.In(store).InsertAsync("/", "fast");""",
            "CS1503: Argument 2: cannot convert from 'string' to 'int'");
        Add(
            """await Hit.In(store).InsertAsync();""",
            "CS1501: No overload for method 'InsertAsync' takes 0 arguments");
        Add(
            """_ = Hit.In(db).Hour.AsQueryable().Where(row => row.Route == "/");""",
            "CS1061: 'Hit.Row' does not contain a definition for 'Route' and no accessible extension method 'Route' accepting a first argument of type 'Hit.Row' could be found (are you missing a using directive or an assembly reference?)");
        Add(
            """_ = await Hit.In(store).Hour.GetAsync();""",
            "CS7036: There is no argument given that corresponds to the required parameter 'key' of 'KeyedInterval<Hit.Key, long, TotalStatistics<long>>.GetAsync(Hit.Key, DateTimeOffset?, CancellationToken)'");
        Add(
            """_ = PageView.In(store).Hour;""",
            "CS1061: 'EventStream<PageView>' does not contain a definition for 'Hour' and no accessible extension method 'Hour' accepting a first argument of type 'EventStream<PageView>' could be found (are you missing a using directive or an assembly reference?)");
        Add(
            """_ = await Hit.In(store).Hour.For("/").ToListAsync();""",
            "CS1061: 'BucketSelection<long, TotalStatistics<long>>' does not contain a definition for 'ToListAsync' and no accessible extension method 'ToListAsync' accepting a first argument of type 'BucketSelection<long, TotalStatistics<long>>' could be found (are you missing a using directive or an assembly reference?)");
        Add(
            """foreach (var hour in Hit.In(store).Hour.For("/").Last(3)) { _ = hour; }""",
            "CS8414: foreach statement cannot operate on variables of type 'BucketRange<long, TotalStatistics<long>>' because 'BucketRange<long, TotalStatistics<long>>' does not contain a public instance or extension definition for 'GetEnumerator'. Did you mean 'await foreach' rather than 'foreach'?");
        Add(
            """_ = PageView.In(store).From(DateTime.Today).OrderBy(view => view.Time);""",
            "TYP3001: 'start' is a DateTimeOffset, and a DateTime would count in the time zone of the machine: write DateTimeOffset.UtcNow, or new DateTimeOffset(time, TimeSpan.Zero) for a time in UTC\nTYP2016: 'OrderBy' works in memory, on all events of the range: use the range's own methods (Between, After, Descending, Take, CountAsync), or query AsQueryable() on a handle of a DbContext");
        Add(
            """_ = Hit.In(store).Hour.For("/").Stats();""",
            "TYP3007: 'SeriesHints.Stats<TRead, TStats>(BucketSelection<TRead, TStats>)' is obsolete: 'Say which buckets, as in For(\"/home\").Last(30); Last() takes all that are kept, and All() goes from the first to the last.'");
        Add(
            """_ = Hit.In(store).Hour.For("/").AsQueryable();""",
            "TYP3008: 'SeriesHints.AsQueryable<TRead, TStats>(BucketSelection<TRead, TStats>)' is obsolete: 'LINQ wants a context: Hit.In(db).Hour.AsQueryable() of a DbContext of your own, or of store.CreateDbContext().'");
        Add(
            """_ = await Hit.In(store).Hour.GetAsync("/", DateTime.Now);""",
            "TYP3001: 'at' is a DateTimeOffset, and a DateTime would count in the time zone of the machine: write DateTimeOffset.UtcNow, or new DateTimeOffset(time, TimeSpan.Zero) for a time in UTC");
        Add(
            """await Hit.In(store).InsertAsync(new Hit { Path = "/" }, DateTime.Now);""",
            "CS1503: Argument 1: cannot convert from 'Hit' to 'Hit.Key'");
        Add(
            """_ = Hit.In(new Uri("http://localhost"));""",
            "CS1503: Argument 1: cannot convert from 'System.Uri' to 'Typed.TypedStore'");
    }
}
