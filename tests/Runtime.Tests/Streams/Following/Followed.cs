namespace Typed.Runtime.Tests.Streams.Following;

[EventStream]
public partial record NotFollowed(int N);

[EventStream(Follow = true)]
public partial record Followed(int N, int Writer = 0, string? Text = null);

[EventStream(Follow = true, Body = BodyFormat.Json)]
public partial record FollowedText(int N);
