namespace ProvableSec.Testing.Tests;

/// <summary>Claims that must fail, and their messages.</summary>
internal static class Failing
{
    public static string Message(Action claim) => Assert.Throws<PolicyClaimException>(claim).Message;

    public static string Source(Action claim) => Assert.Throws<PolicySourceException>(claim).Message;
}
