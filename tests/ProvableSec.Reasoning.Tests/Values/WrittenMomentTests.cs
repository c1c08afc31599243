using System.Globalization;
using System.Numerics;
using CsCheck;
using ProvableSec.CertificateChecker.Values;
using ProvableSec.Policy.Evaluation;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Tests.Values;

/// <summary>The three readers of moments read every form as the platform's calendar does, and refuse what is one sign away from a form.</summary>
public sealed class WrittenMomentTests
{
    private const int Places = 18;
    private static readonly BigInteger Second = BigInteger.Pow(10, Places);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(100)]
    [InlineData(399)]
    [InlineData(400)]
    [InlineData(1600)]
    [InlineData(1900)]
    [InlineData(1969)]
    [InlineData(1970)]
    [InlineData(1972)]
    [InlineData(2000)]
    [InlineData(2023)]
    [InlineData(2024)]
    [InlineData(2100)]
    [InlineData(9999)]
    public void Every_month_has_its_days(int year)
    {
        Reads($"{year:D4}", Of(new DateTime(year, 1, 1)));
        Refuses($"{year:D4}-00", $"{year:D4}-13", $"{year:D4}-00-01", $"{year:D4}-13-01");
        for (int month = 1; month <= 12; month++)
        {
            int days = DateTime.DaysInMonth(year, month);
            Reads($"{year:D4}-{month:D2}", Of(new DateTime(year, month, 1)));
            for (int day = 1; day <= days; day++)
            {
                Reads($"{year:D4}-{month:D2}-{day:D2}", Of(new DateTime(year, month, day)));
            }

            Refuses($"{year:D4}-{month:D2}-00", $"{year:D4}-{month:D2}-{days + 1:D2}");
        }
    }

    /// <summary>The calendar repeats itself every 400 years, which are 146,097 days.</summary>
    [Theory]
    [InlineData("01-01")]
    [InlineData("02-28")]
    [InlineData("02-29")]
    [InlineData("03-01")]
    [InlineData("12-31")]
    public void The_year_0_is_as_the_year_400(string day) =>
        Reads("0000-" + day, Of(DateTime.ParseExact("0400-" + day, "yyyy-MM-dd", CultureInfo.InvariantCulture)) - (146_097L * 86_400 * Second));

    [Theory]
    [InlineData("T00:00Z", 0)]
    [InlineData("T23:00Z", 23 * 3600)]
    [InlineData("T00:59Z", 59 * 60)]
    [InlineData("T09:08Z", (9 * 3600) + (8 * 60))]
    [InlineData("T23:59:59Z", 86_399)]
    [InlineData("T00:00:01Z", 1)]
    [InlineData("T00:00:10Z", 10)]
    [InlineData("T12:00+00:00", 43_200)]
    [InlineData("T12:00-00:00", 43_200)]
    [InlineData("T12:00+01:00", 39_600)]
    [InlineData("T12:00-01:00", 46_800)]
    [InlineData("T12:00:07+00:01", 43_147)]
    [InlineData("T12:00:07-00:01", 43_267)]
    [InlineData("T00:00+23:59", -86_340)]
    [InlineData("T00:00-23:59", 86_340)]
    public void A_time_is_taken_with_its_zone(string time, int seconds)
    {
        foreach (string day in (string[])["1970-01-01", "2024-02-29", "0001-01-01"])
        {
            Reads(day + time, Of(DateTime.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)) + (seconds * Second));
        }
    }

    [Theory]
    [InlineData("T24:00Z")]
    [InlineData("T23:60Z")]
    [InlineData("T23:59:60Z")]
    [InlineData("T12:00+24:00")]
    [InlineData("T12:00-24:00")]
    [InlineData("T12:00+00:60")]
    [InlineData("T12:00-00:60")]
    [InlineData("T12:00")]
    [InlineData("T12:00:00")]
    [InlineData("T12:00:00.5")]
    [InlineData("T12:00:00.Z")]
    [InlineData("T12:00:00.+01:00")]
    [InlineData("T12Z")]
    [InlineData("T1:00Z")]
    [InlineData("T12:0Z")]
    [InlineData("T12:00:0Z")]
    [InlineData("T12:00z")]
    [InlineData("t12:00Z")]
    [InlineData(" 12:00Z")]
    [InlineData("T12:00ZZ")]
    [InlineData("T12:00Z+01:00")]
    [InlineData("T12:00+01:00Z")]
    [InlineData("T12:00+01")]
    [InlineData("T12:00+0100")]
    [InlineData("T12:00+01:0")]
    [InlineData("T12:00+01:000")]
    [InlineData("T12:00:00:00Z")]
    [InlineData("T12:00:00.5.5Z")]
    [InlineData("T")]
    [InlineData("Z")]
    public void What_no_clock_shows_is_no_moment(string time) => Refuses("2024-02-29" + time);

    [Fact]
    public void A_fraction_has_eighteen_digits_that_count()
    {
        BigInteger day = Of(new DateTime(2024, 2, 29));
        for (int digits = 1; digits <= 20; digits++)
        {
            string written = "123456789123456789".PadRight(digits, '7')[..digits];
            Reads($"2024-02-29T00:00:00.{written}Z", day + BigInteger.Parse(written.PadRight(Places, '0')[..Places], CultureInfo.InvariantCulture));
            Reads($"1969-12-31T23:59:59.{written}-00:00", BigInteger.Parse(written.PadRight(Places, '0')[..Places], CultureInfo.InvariantCulture) - Second);
        }
    }

    /// <summary>Four digits are a year, and more than seventeen nothing.</summary>
    [Fact]
    public void Seconds_have_up_to_seventeen_digits()
    {
        for (int digits = 1; digits <= 17; digits++)
        {
            foreach (string number in (string[])["1234567890".PadRight(digits, '1')[..digits], new string('9', digits), "1".PadRight(digits, '0')])
            {
                if (digits != 4)
                {
                    Reads(number, BigInteger.Parse(number, CultureInfo.InvariantCulture) * Second);
                }

                if (digits != 3)
                {
                    Reads("-" + number, -BigInteger.Parse(number, CultureInfo.InvariantCulture) * Second);
                }
            }
        }

        Refuses(new string('9', 18), "-" + new string('9', 18), "0".PadRight(18, '0'), "", "-", "--1", "+1", "1.0", "1 ", " 1", "1e3", "12345:", "12345/");
    }

    /// <summary>Neither a part of the longest form nor one with another sign at some place is anything but what its own form says.</summary>
    [Fact]
    public void A_form_is_all_there()
    {
        const string Whole = "2024-02-29T12:34:56.75+01:30";
        string[] forms = ["2024", "2024-02", "2024-02-29", Whole];
        for (int length = 1; length < Whole.Length; length++)
        {
            string part = Whole[..length];
            if (!forms.Contains(part) && length >= 4)
            {
                Refuses(part);
            }
        }

        foreach (string form in forms)
        {
            for (int at = 0; at < form.Length; at++)
            {
                foreach (char other in "/:;.x ")
                {
                    if (form[at] != other)
                    {
                        Refuses(form[..at] + other + form[(at + 1)..]);
                    }
                }

                // A digit that is none of ASCII's.
                Refuses(form[..at] + '\u0662' + form[(at + 1)..]);
            }

            Refuses(form + " ", " " + form, form + "-", form + ".");
        }
    }

    [Fact]
    public void Readers_agree_with_the_platform() =>
        Gen.Select(Gen.Long[0, DateTime.MaxValue.Ticks], Gen.Int[-1439, 1439]).Each(2_000, (ticks, zone) =>
        {
            var local = new DateTime(ticks);
            string written = local.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture)
                + $"{(zone < 0 ? '-' : '+')}{Math.Abs(zone) / 60:D2}:{Math.Abs(zone) % 60:D2}";
            Reads(written, Of(local) - (zone * 60 * Second));
        });

    private static BigInteger Of(DateTime time) => (BigInteger)(time - new DateTime(1970, 1, 1)).Ticks * (Second / TimeSpan.TicksPerSecond);

    private static void Reads(string text, BigInteger moment)
    {
        Assert.True(Moment.TryParse(text, out Moment evaluated), $"the evaluator refuses {text}");
        Assert.True(moment == (evaluated.Seconds * Second) + evaluated.Fraction, $"the evaluator reads {text} as {evaluated.Seconds} s");
        Assert.True(MomentText.TryParse(text, out ExactNumber proved), $"the prover refuses {text}");
        Assert.True(proved.CompareTo(new ExactNumber(moment, Places)) == 0, $"the prover reads {text} as {proved} s");
        Assert.True(PlainMoment.Read(text) is BigInteger check && check == moment, $"the checker reads {text} as {PlainMoment.Read(text)}");
    }

    private static void Refuses(params string[] texts)
    {
        foreach (string text in texts)
        {
            Assert.False(Moment.TryParse(text, out _), $"the evaluator takes '{text}'");
            Assert.False(MomentText.TryParse(text, out _), $"the prover takes '{text}'");
            Assert.True(PlainMoment.Read(text) is null, $"the checker takes '{text}'");
        }
    }
}
