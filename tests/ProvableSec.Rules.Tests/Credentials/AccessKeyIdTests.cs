using System.Globalization;
using System.Text;
using CsCheck;
using ProvableSec.Rules.Credentials;

namespace ProvableSec.Rules.Tests.Credentials;

public sealed class AccessKeyIdTests
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("PROVABLESEC_SOAK"), CultureInfo.InvariantCulture, out int soak) ? soak
        : 20_000;

    [Fact]
    public void The_documented_id_belongs_to_the_documented_account() => Assert.Equal("609629065308", Parse("ASIA" + "Y34FZKBOKMUTVV7A").Account);

    [Fact]
    public void The_account_that_an_id_was_made_for_is_read_back() =>
        Gen.Select(Gen.Int, Gen.Long[0, 999_999_999_999]).Each(Rounds,
            (seed, account) => Parse(new Fresh(seed).AccessKeyId("AKIA", account)).Account == account.ToString("D12", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(0L, "000000000000")]
    [InlineData(42L, "000000000042")]
    [InlineData(999_999_999_999L, "999999999999")]
    [InlineData(1_000_000_000_000L, null)]
    [InlineData((1L << 40) - 1, null)]
    public void Accounts_have_twelve_digits(long number, string? account) => Assert.Equal(account, Parse(new Fresh(1).AccessKeyId("AKIA", number)).Account);

    [Fact]
    public void An_id_of_the_older_generation_does_not_tell()
    {
        // The first bit of a letter before Q is clear.
        AccessKeyId id = Parse("AKIA" + "J" + new Fresh(3).AccessKeyId()[5..]);
        Assert.Null(id.Account);
        Assert.EndsWith("account unknown", id.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AKIA")]
    [InlineData("ASIA")]
    [InlineData("ABIA")]
    [InlineData("ACCA")]
    public void The_four_kinds_of_keys_are_reported(string prefix) => Assert.Equal("PSEC1002", Scan.Ids($"key {new Fresh(4).AccessKeyId(prefix)}."));

    [Theory]
    [InlineData("AROA")]
    [InlineData("AIDA")]
    [InlineData("ANPA")]
    [InlineData("AGPA")]
    [InlineData("AIPA")]
    [InlineData("ANVA")]
    [InlineData("APKA")]
    [InlineData("ASCA")]
    public void Identifiers_are_not(string prefix) => Assert.Equal("", Scan.Ids($"id {new Fresh(5).AccessKeyId(prefix)}."));

    [Theory]
    [InlineData("{0}", true)]
    [InlineData("\"{0}\"", true)]
    [InlineData("/{0}/", true)]
    [InlineData("\\n{0}\\n", true)]
    [InlineData("%22{0}%22", true)]
    [InlineData("é{0}é", true)]
    [InlineData("x{0}", false)]
    [InlineData("_{0}", false)]
    [InlineData("{0}x", false)]
    [InlineData("{0}_", false)]
    [InlineData("{0}A", false)]
    public void An_id_stands_alone(string around, bool found) =>
        Assert.Equal(found ? "PSEC1002" : "", Scan.Ids(string.Format(CultureInfo.InvariantCulture, around, new Fresh(6).AccessKeyId())));

    [Theory]
    [InlineData("IOSFODNN7EXAMPLE")]
    [InlineData("I44QH8DHBEXAMPLE")]
    [InlineData("Y34FZKBOKMUTVV7A")]
    [InlineData("XXXXXXXXXXXXXXXX")]
    [InlineData("ABCDEFGHIJKLMNOP")]
    [InlineData("AAAABBBBCCCCAAAA")]
    public void Examples_and_placeholders_are_quiet(string rest) => Assert.Equal("", Scan.Ids("AKIA" + rest));

    [Fact]
    public void A_message_shows_the_prefix_the_last_four_and_the_account()
    {
        string id = new Fresh(7).AccessKeyId("AKIA", 111_122_223_333);
        Assert.Equal($"Hard-coded access key ID: AKIA…{id[16..]}, account 111122223333.", Assert.Single(Scan.Text(id)).Message);
    }

    private static AccessKeyId Parse(string text) => AccessKeyId.TryParse(Encoding.ASCII.GetBytes(text), out AccessKeyId id) ? id
        : throw new InvalidOperationException("no ID");
}
