"""`make audit`: what machines can tell of accessibility, HTML, speed, weight and old browsers, over every page."""
