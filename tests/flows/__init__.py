"""What the product promises, tried as its people would."""
