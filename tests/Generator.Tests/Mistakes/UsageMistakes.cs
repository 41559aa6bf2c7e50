namespace Typed.Generator.Tests.Mistakes;

/// <summary>Code that writes and reads in a wrong way, and what the build says of it.</summary>
internal sealed class UsageMistakes : TheoryData<string, string>
{
    public UsageMistakes()
    {
        Add(
            """_ = Hit.In(store).Hour.Last(3);""",
            "");
        Add(
            """await foreach (var hour in Hit.In(store).Hour) { _ = hour; }""",
            "");
        Add(
            """await foreach (var hour in Hit.In(store).Hour.For("/")) { _ = hour; }""",
            "");
        Add(
            """await foreach (var hour in Heat.In(store).Hour) { _ = hour; }""",
            "");
        Add(
            """_ = await Hit.In(store).Hour.For("/").CollapseAsync();""",
            "");
        Add(
            """_ = Hit.In(store).Hour.Between(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow);""",
            "");
        Add(
            """await foreach (var hour in Hit.In(store).Hour.For("/").Last(3)) { Console.WriteLine(hour.Value.Percentile(95)); }""",
            "");
        Add(
            """await foreach (var hour in Heat.In(store).Hour.Last(3)) { Console.WriteLine(hour.Value.Percentile(95)); }""",
            "");
        Add(
            """await foreach (var hour in Latency.In(store).Hour.For("/").Last(3)) { Console.WriteLine(hour.Value.Percentile(0.95)); }""",
            "");
        Add(
            """await foreach (var hour in Latency.In(store).Hour.For("/").Last(3)) { Console.WriteLine(hour.Value.Percentile(95)); }""",
            "");
        Add(
            """_ = Hit.In(store).Hour.AsQueryable().Where(row => row.Path == "/");""",
            "");
        Add(
            """_ = Heat.In(store).Hour.AsQueryable();""",
            "");
        Add(
            """_ = PageView.In(store).AsQueryable();""",
            "");
        Add(
            """_ = Hit.In(store).Minute.For("/");""",
            "");
        Add(
            """_ = Hit.In(store).For("/").Last(3);""",
            "");
        Add(
            """_ = Heat.In(store).Last(3);""",
            "");
        Add(
            """_ = Heat.In(store).Hour.For("/");""",
            "");
        Add(
            """await Hit.In(store).InsertAsync("/", at: DateTime.Now);""",
            "");
        Add(
            """await Hit.In(store).InsertAsync("/", (DateTime?)null);""",
            "");
        Add(
            """_ = Hit.In(store).Hour.For("/").From(DateTime.Today);""",
            "");
        Add(
            """await PageView.In(store).PutAsync(new PageView("/"), DateTime.UtcNow);""",
            "");
        Add(
            """Hit.In(store).InsertAsync("/");""",
            "");
        Add(
            """PageView.In(store).PutAsync(new PageView("/"));""",
            "");
        Add(
            """Action<string> hit = path => Hit.In(store).InsertAsync(path); hit("/");""",
            "");
        Add(
            """_ = Hit.In(store).InsertAsync("/");""",
            "");
        Add(
            """_ = Hit.In(store).Hour.For("/").Last(30).Where(hour => hour.Value > 3);""",
            "");
        Add(
            """_ = PageView.In(store).Where(view => view.Body.Url == "/");""",
            "");
        Add(
            """await Latency.In(store).InsertAsync("/", "fast");""",
            "");
        Add(
            """await Hit.In(store).InsertAsync();""",
            "");
        Add(
            """_ = Hit.In(db).Hour.AsQueryable().Where(row => row.Route == "/");""",
            "");
        Add(
            """_ = await Hit.In(store).Hour.GetAsync();""",
            "");
        Add(
            """_ = PageView.In(store).Hour;""",
            "");
    }
}
